import { afterAll, beforeAll, expect, test } from 'vitest'
import { dirname } from 'node:path'
import { startFakeGrafana } from '../doubles/grafana.ts'
import { cli, fixture, run, STACK, type Run } from './harness.ts'

let fake: Awaited<ReturnType<typeof startFakeGrafana>>
let left: Run
beforeAll(async () => {
  fake = await startFakeGrafana({ path: '/grafana' })
  const phases = ['--ramp-up', '1s', '--warm-up', '1s', '--duration', '2s', '--ramp-down', '1s']
  left = await run([fixture('quick.ts'), '--profile', 'load', ...phases])
})
afterAll(() => fake.close())

const annotate = (args: readonly string[], env: Readonly<Record<string, string>> = fake.env) =>
  cli(['annotate', '--results', dirname(left.folder), ...args], { env })
const kinds = () =>
  fake
    .all()
    .map(({ tags }) => tags.find((tag) => /^(kind|phase):(?!phase$)/.test(tag)))
    .toSorted()

test('a dry run needs no Grafana, and writes nothing', async () => {
  const { code, out, err } = await annotate(['--dry-run'], {})
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^start +\d{4}-.*began<\/b>/m)
  expect(out).toMatch(/^phase +\d{4}-\S+ +2s .*<b>steady<\/b> \(judged\)/m)
  expect(fake.log).toEqual([])
})

test('the markers of a real run are there once, however often it is annotated', async () => {
  const { code, out } = await annotate([])
  expect(code).toBe(0)
  const phases = new Set(left.record.phases?.map(({ phase }) => phase))
  expect(kinds()).toEqual(
    ['kind:end', 'kind:start', 'kind:verdict', ...[...phases].map((one) => `phase:${one}`)].toSorted(),
  )
  expect(out).toBe(`${kinds().length} markers of ${left.record.id} in ${fake.url}\n`)
  const before = fake.writes().length
  const again = await annotate([left.record.id, '--json'])
  expect(JSON.parse(again.out)).toEqual({
    run: left.record.id,
    url: fake.url,
    written: kinds().length,
    problems: [],
  })
  expect(fake.writes()).toHaveLength(before)
  for (const { phase, from, to } of left.record.phases ?? []) {
    const region = fake.all().find(({ tags }) => tags.includes(`phase:${phase}`))
    expect(region).toMatchObject({ time: Date.parse(from), timeEnd: Date.parse(to) })
  }
})

test('a baseline is marked, two at once mark it once', async () => {
  const done = await Promise.all([annotate(['--baseline']), annotate(['--baseline'])])
  expect(done.map(({ code }) => code)).toEqual([0, 0])
  expect(kinds().filter((kind) => kind === 'kind:baseline')).toHaveLength(1)
})

test('what is wrong is one sentence and an exit code', async () => {
  const wrong = await annotate([], { ...fake.env, GRAFANA_TOKEN: 'glsa_wrong' })
  expect(wrong).toMatchObject({ code: 96, err: '' })
  expect(wrong.out).toMatch(/\nmarkers cannot be searched: Grafana answers 401 \(Invalid API key\)\n$/)
  const nowhere = await annotate([], {})
  expect(nowhere.code).toBe(104)
  expect(nowhere.err).toMatch(/--url: no URL is given, and GRAFANA_URL is not set/)
  const clear = await annotate(['--url', 'http://grafana.example.com'], { GRAFANA_TOKEN: 'glsa_secret' })
  expect(clear.code).toBe(104)
  expect(clear.err).toMatch(/would send GRAFANA_TOKEN in the clear/)
  expect(`${clear.err}${nowhere.err}${wrong.out}`).not.toMatch(STACK)
  expect(clear.err).not.toContain('glsa_secret')
})

test.concurrent('a run marks itself while it goes on, and its record says so', async () => {
  const marked = await run([fixture('quick.ts'), '--duration', '2s', '--annotate'], { env: fake.env })
  const { code, err, record } = marked
  expect(code).toBe(0)
  expect(err).toContain(`Grafana: ${fake.url} (Grafana 12.1.0) takes markers of the run`)
  const its = fake.all().filter(({ tags }) => tags.includes(`testid:${record.id}`))
  expect(record.annotations).toEqual({ url: fake.url, written: its.length, problems: [] })
  expect(its.map(({ tags }) => tags[2])).toEqual(
    expect.arrayContaining(['kind:start', 'kind:end', 'kind:verdict']),
  )
})

test.concurrent('without a Grafana a run goes on, after one sentence', async () => {
  const { code, err, record } = await run([
    fixture('quick.ts'),
    '--duration',
    '1s',
    '--annotate',
    'http://127.0.0.1:2',
  ])
  expect({ code, annotations: record.annotations }).toEqual({ code: 0 })
  expect(err.match(/^Grafana: .*$/gm)).toEqual([
    'Grafana: http://127.0.0.1:2 does not answer (ECONNREFUSED); the run goes on without markers: write them later with: loadwright annotate',
  ])
})

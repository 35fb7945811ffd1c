import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { counter, gauge } from '../../../test/doubles/pushesOfK6.ts'
import { packageRoot } from '../../base/index.ts'
import { planRun, type Plan } from '../../project/index.ts'
import { encodeWrite, type Pushed } from '../../prometheus/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { type CollectInputs, collectRun } from './collectRun.ts'

let folder = ''
let plan: Plan
beforeAll(async () => {
  const cache = join(packageRoot, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  folder = await mkdtemp(join(cache, 'loadwright-collected-'))
  await writeFile(join(folder, 'own.js'), 'export default () => {}')
  const planned = await planRun({ folder, config: {} }, 'own.js', { flags: {}, set: [] }, { shell: {} })
  const options = { ...planned.manifest.options, thresholds: { iterations: ['count>1'] } }
  plan = { ...planned, manifest: { ...planned.manifest, options } }
})
afterAll(() => rm(folder, { recursive: true }))

const TOKEN = 'a-token-of-this-run'

/** What an instance pushes at one time: iterations under each of some names. */
const pushOf = (instance: string, id: string, at: number, names = 'a'): Pushed[] => {
  const of = { testid: id, instance_id: instance }
  const counts = names
    .split(' ')
    .map((name) => counter('k6_iterations_total', at / 1000, at, { ...of, name, scenario: 'default' }))
  return [...counts, gauge('k6_vus', 1, at, of)]
}
const endOf = (instance: string, id: string): Pushed[] => [
  gauge('k6_vus', NaN, 9000, { testid: id, instance_id: instance }),
]

/** Sends what an instance pushes, or tells of itself; its answer. */
const send = (url: string, path: string, body: Uint8Array | object): Promise<Response> =>
  fetch(`${url}/${TOKEN}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' },
    body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body),
  })

/** Collects what is pushed, and told by `joined` after it; the record, the report, and the answers. */
async function collected(
  limits: CollectInputs['limits'],
  pushes: (id: string) => readonly Pushed[][],
  joined: readonly object[] = [],
  expected = 1,
): Promise<{ record: RunRecord; statuses: number[]; orders: unknown[]; report: string; said: string[] }> {
  const statuses: number[] = []
  const orders: unknown[] = []
  const said: string[] = []
  const tell = async (url: string, id: string): Promise<void> => {
    const [first, ...others] = joined
    if (first) orders.push(await (await send(url, 'instance', first)).json())
    for (const pushed of pushes(id)) statuses.push((await send(url, 'write', encodeWrite(pushed))).status)
    if (statuses.includes(413) && first)
      await expect.poll(() => said.join()).toContain('nothing more is taken')
    for (const one of others) orders.push(await (await send(url, 'instance', one)).json())
  }
  let telling: Promise<void> | undefined
  const { record, folder: place } = await collectRun(
    plan,
    {
      host: '127.0.0.1',
      port: 0,
      token: TOKEN,
      expect: expected,
      limits,
      live: false,
      env: [],
      more: [],
      waitMs: 60_000,
      silenceMs: 60_000,
      results: join(folder, 'results'),
      baselines: join(folder, 'none'),
      say: (line) => said.push(line),
      onOpen: ({ url, id }) => void (telling = tell(url, id)),
    },
    () => undefined,
  )
  await telling
  return { record, statuses, orders, said, report: await readFile(join(place, 'report.md'), 'utf8') }
}

test('a run with more series than are kept is no pass, and the record, the report and the lines say why', async () => {
  const pushes = (id: string) => [
    pushOf('1', id, 2000),
    pushOf('1', id, 4000, 'b c'),
    pushOf('1', id, 6000, 'a'),
    endOf('1', id),
  ]
  const held = await collected({ series: 4, instances: 2 }, pushes)
  expect([held.statuses, held.record.verdict, held.record.problems]).toEqual([
    [204, 204, 204, 204],
    'pass',
    [],
  ])
  const { record, statuses, report, said } = await collected({ series: 3, instances: 2 }, pushes)
  const text = 'The run has more than 3 series: nothing more is taken.'
  expect(statuses).toEqual([204, 204, 413, 413])
  expect(record).toMatchObject({
    verdict: 'invalid',
    exitCode: 96,
    // Neither silent nor without an end: there was too much of it.
    reasons: [{ code: 'collector-full', text }],
    problems: [{ code: 'collector-full', text }],
    totals: { iterations: 10 },
  })
  expect(report).toContain(text)
  expect(said.filter((line) => line === text)).toHaveLength(1)
})

test('one instance more than are kept is refused, the others go on, and the run is no pass', async () => {
  const { record, statuses } = await collected({ series: 100, instances: 1 }, (id) => [
    pushOf('1', id, 2000),
    pushOf('2', id, 2000),
    pushOf('1', id, 4000),
    endOf('1', id),
  ])
  expect(statuses).toEqual([204, 413, 204, 204])
  const reason = {
    code: 'collector-full',
    text: 'The run has more than 1 instances: no further one is taken.',
  }
  expect(record).toMatchObject({ verdict: 'invalid', reasons: [reason], totals: { iterations: 4 } })
})

/** What the first of several parts tells of itself. */
const joinedPart = (segment: string, sequence: string) => ({
  part: { id: '1', segment, sequence },
  session: 'a',
  sha256: plan.suite.manifest.sha256,
  k6: { version: 'v2.2.0', path: '/k6', command: [] },
  machine: '',
  host: 'one',
})
const ended = (code: number) => ({ code, ended: new Date().toISOString() })

test('a part that is interrupted before the others have come interrupts all', async () => {
  const warnings = ['open files: this part of the load needs about 910', 'x'.repeat(500)]
  const waits = { ...joinedPart('0:1/2', '0,1/2,1'), state: 'ready', warnings }
  const parts = [waits, { ...waits, state: 'ended', end: ended(105) }]
  const { record, said } = await collected(undefined, () => [], parts, 2)
  expect(said).toContain(`warning: instance 1: ${warnings[0] ?? ''}`)
  expect(said).toContain(`warning: instance 1: ${'x'.repeat(400)}`)
  expect(record).toMatchObject({ exitCode: 105, reasons: [{ code: 'run-interrupted' }] })
})

test('a collector that cannot listen leaves nothing behind', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const results = join(folder, 'never')
  const never = () => undefined
  const waits = { waitMs: 1000, silenceMs: 1000, expect: 1, baselines: results, results }
  const where = { host: '127.0.0.1', port, token: TOKEN, live: false, env: [], more: [] }
  await expect(collectRun(plan, { ...waits, ...where, say: never, onOpen: never }, never)).rejects.toThrow(
    /^--listen: got port \d+, which is in use/,
  )
  expect(await readdir(results)).toEqual([])
})

test('a part that has joined is stopped when no more of it is taken', async () => {
  const running = { ...joinedPart('0:1', '0,1'), state: 'running', started: new Date().toISOString() }
  const { record, orders } = await collected({ series: 1, instances: 2 }, (id) => [pushOf('1', id, 2000)], [
    running,
    running,
    { ...running, state: 'ended', end: ended(105) },
  ])
  const why = 'The run has more than 1 series: nothing more is taken.'
  expect(orders).toEqual([{ do: 'wait' }, { do: 'stop', why }, { do: 'wait' }])
  expect(record).toMatchObject({
    verdict: 'invalid',
    exitCode: 96,
    reasons: [{ code: 'run-stopped', text: why }],
  })
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { hostileReport } from '../../../test/doubles/hostileReport.ts'
import { fakeReport } from '../../../test/doubles/reportData.ts'
import { annotate } from './annotate.ts'
import { startFakeGrafana } from '../../../test/doubles/grafana.ts'
import type { Grafana } from './grafana.ts'

let fake: Awaited<ReturnType<typeof startFakeGrafana>>
let grafana: Grafana
beforeEach(async () => {
  fake = await startFakeGrafana()
  grafana = { url: fake.url, token: fake.token }
})
afterEach(() => fake.close())

const { record } = fakeReport()
const patience = { timeoutMs: 60_000, firstMs: 1, budgetMs: 60_000 }
const write = (more: object = {}, of = record) => annotate(grafana, of, { patience, ...more })
const kinds = () => fake.all().map(({ tags }) => tags.find((tag) => tag.startsWith('kind:'))?.slice(5))
const ALL = ['start', 'phase', 'phase', 'phase', 'phase', 'end', 'verdict']

test('every marker is written once, and searched for with a limit', async () => {
  expect(await write()).toEqual({ url: fake.url, written: 7, problems: [] })
  expect(kinds()).toEqual(ALL)
  const searches = fake.log.filter((call) => call.startsWith('GET'))
  expect(searches.length).toBeGreaterThan(0)
  for (const search of searches)
    expect(search).toBe(
      'GET /api/annotations?limit=1000&type=annotation&tags=loadwright&tags=testid%3Aboutique-20261122T093000-1a2b',
    )
})

test('a run that is annotated again changes nothing, hostile texts included', async () => {
  for (const { record: each } of [fakeReport(), hostileReport()]) {
    await write({ baseline: true }, { ...each, id: `run-${each.suite.length}` })
    const before = fake.writes().length
    expect(await write({ baseline: true }, { ...each, id: `run-${each.suite.length}` })).toMatchObject({
      written: 8,
      problems: [],
    })
    expect(fake.writes()).toHaveLength(before)
  }
})

test('what differs is changed, what is no more is removed, others’ markers stay', async () => {
  fake.put({ tags: ['loadwright', 'testid:other', 'kind:start'], time: 5 })
  fake.put({ tags: ['loadwright', `testid:${record.id}`, 'note'], text: 'mine', time: 6 })
  await write({}, { ...record, state: 'running' })
  const planned = fake.all().length
  const [first, second, ...cut] = record.phases ?? []
  const phases = [first!, { ...second!, to: record.endedAt ?? '' }]
  expect(cut).toHaveLength(2)
  const before = fake.writes().length
  expect(await write({}, { ...record, phases })).toMatchObject({ written: 5, problems: [] })
  const calls = fake
    .writes()
    .slice(before)
    .map((call) => call.split(' ')[0])
  // The start's link and both phases change; end and verdict are new.
  expect(calls.sort()).toEqual(['DELETE', 'DELETE', 'PATCH', 'PATCH', 'PATCH', 'POST', 'POST'])
  expect(fake.all()).toHaveLength(planned - 2 + 2)
  expect(
    fake
      .all()
      .slice(0, 2)
      .map(({ time }) => time),
  ).toEqual([5, 6])
})

test('two at once leave each marker once', async () => {
  const done = await Promise.all([write(), write(), write()])
  expect(done.flatMap(({ problems }) => problems)).toEqual([])
  await write()
  expect(kinds()).toEqual(ALL)
})

test('twins that another left behind go, the oldest stays', async () => {
  await write()
  const [one] = fake.all()
  fake.put({ ...one!, text: 'twin' })
  await write()
  expect(kinds()).toEqual(ALL)
  expect(fake.all()[0]?.id).toBe(one?.id)
})

test('an answer that is lost does not double a marker', async () => {
  fake.fault('POST', { lost: true }, 2)
  expect(await write()).toMatchObject({ written: 7, problems: [] })
  expect(kinds()).toEqual(ALL)
})

test.each([429, 500, 503])('%d is tried again', async (status) => {
  fake.fault('POST', { status, headers: { 'retry-after': '0' } }, 2)
  fake.fault('GET', { status, headers: { 'retry-after': '0' } }, 2)
  expect(await write()).toMatchObject({ written: 7, problems: [] })
  await write({}, { ...record, reasons: [{ code: 'other', text: 'another', data: {} }] })
  fake.fault('PATCH', { status }, 2)
  expect(await write()).toMatchObject({ written: 7, problems: [] })
  expect(kinds()).toEqual(ALL)
})

test('a baseline is marked beside the others, and no later annotation takes it away', async () => {
  await write({ baseline: true })
  await write()
  expect(kinds().toSorted()).toEqual([...ALL, 'baseline'].toSorted())
})

test('a Grafana that fails is told, in bounded time, and nothing is thrown', async () => {
  fake.fault('GET', { status: 500, body: { message: `no ${fake.token}\n<b>` } }, 99)
  expect(await write()).toEqual({
    url: fake.url,
    written: 0,
    problems: ['markers cannot be searched: Grafana answers 500 (no … <b>)'],
  })
})

test('one that is slow ends with the time that there is', async () => {
  fake.fault('GET', { delay: 2000 }, 99)
  const { problems } = await write({ patience: { timeoutMs: 20, firstMs: 1, budgetMs: 200 } })
  expect(problems[0]).toMatch(
    /^markers cannot be searched: Grafana (does not answer within 0\.02 s|there was no more time)$/,
  )
})

test('one that is not there, and a token that is wrong', async () => {
  grafana = { ...grafana, token: 'glsa_wrong' }
  expect((await write()).problems).toEqual([
    'markers cannot be searched: Grafana answers 401 (Invalid API key)',
  ])
  grafana = { url: 'http://127.0.0.1:2' }
  expect((await write()).problems).toEqual([
    'markers cannot be searched: Grafana does not answer (ECONNREFUSED)',
  ])
})

test('a token that may only read', async () => {
  await fake.close()
  fake = await startFakeGrafana({ role: 'Viewer' })
  grafana = { url: fake.url, token: fake.token }
  expect(await write()).toMatchObject({
    written: 0,
    problems: [
      expect.stringMatching(
        /^markers cannot be added: Grafana answers 403 \(You'll need .* annotations:create\)$/,
      ),
    ],
  })
  expect(fake.writes()).toHaveLength(1)
})

test('below a path, in another organisation', async () => {
  await fake.close()
  fake = await startFakeGrafana({ path: '/grafana' })
  grafana = { url: fake.url, token: fake.token, org: '7' }
  expect(await write()).toMatchObject({ written: 7, problems: [] })
  expect(new Set(fake.orgs)).toEqual(new Set(['7']))
})

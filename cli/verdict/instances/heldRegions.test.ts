import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { counter, trend } from '../../../test/doubles/pushesOfK6.ts'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import { fakeRecord } from '../../../test/doubles/runRecord.ts'
import {
  allRegionsIn,
  changeBaseline,
  conditionsOf,
  createStore,
  diskFolder,
  measuredRun,
  regionsOf,
  type MeasuredRun,
  type RunRecord,
  type Store,
} from '../../record/index.ts'
import { compareRuns } from '../comparison/compare.ts'
import { REGION_NOTES } from '../rules/regions.ts'
import { told } from '../rules/rule.ts'
import { heldRegions, withHeldRegions } from './heldRegions.ts'

/** Requests of each region, as many as are needed, that took about so many milliseconds. */
function storeOf(regions: Readonly<Record<string, number>>): Store {
  const store = createStore()
  Object.entries(regions).forEach(([region, ms], index) => {
    const labels = { instance_id: String(index + 1), region }
    const times = Array.from({ length: 300 }, (_, at) => (ms / 1000) * (0.5 + at / 300))
    store.add([
      counter('k6_iterations_total', times.length, 1000, labels),
      counter('k6_http_reqs_total', times.length, 1000, { ...labels, expected_response: 'true' }),
      trend('k6_http_req_duration_seconds', times, 1000, labels),
    ])
  })
  return store
}

function runOf(store: Store): MeasuredRun {
  const { measurements } = measuredRun({ ...fakeRecord(() => 0.5), judgedPhases: [] }, store)
  return madeUpRun(measurements, { judgedPhases: [] })
}

const FIVE = [100, 102, 99, 101, 98]
const fromTwo = FIVE.map((ms) => runOf(storeOf({ eu: ms, us: 2 * ms })))

function heldBy(regions: Readonly<Record<string, number>>, before: readonly MeasuredRun[] = fromTwo) {
  const store = storeOf(regions)
  const compared = compareRuns(before, runOf(store), 'the runs before it')
  const held = heldRegions(regionsOf(store, []), compared, allRegionsIn(store))
  return { ...held, notes: told(REGION_NOTES, held.facts) }
}

test('a region that became slower beside the others is named, with its figures', () => {
  const { regions, notes } = heldBy({ eu: 100, us: 300 })
  expect(regions.map(({ region, beside }) => [region, beside?.verdict])).toEqual([
    ['eu', 'same'],
    ['us', 'worse'],
  ])
  expect(notes).toMatchObject([{ code: 'region-slower', data: { region: 'us', runs: 5 } }])
  expect(notes[0]?.text).toMatch(
    /^region us became worse beside the other regions than in 5 runs before: p\d+ \+\d+ % \(\d+ → \d+ ms\), p\d+ /,
  )
})

test('what cannot be told is told with why, once for all regions that share it', () => {
  expect(heldBy({ eu: 101, us: 203 }).notes).toEqual([])
  expect(heldBy({ eu: 100, us: 300 }, fromTwo.slice(0, 1)).notes.map(({ text }) => text)).toEqual([
    'regions eu, us cannot be held against the runs before: 1 comparable run does not tell how large noise is: 5 are needed',
  ])
  const none = heldRegions(regionsOf(storeOf({ eu: 1, us: 1 }), []), 'there is none that is comparable')
  expect(told(REGION_NOTES, none.facts)).toMatchObject([
    { code: 'region-not-held', data: { regions: ['eu', 'us'] } },
  ])
})

test('a region of the runs before that took no part is told, also where one alone is left, or none', () => {
  const missing = heldBy({ eu: 100, asia: 200 })
  expect(missing.notes.map(({ text }) => text)).toEqual([
    'region asia cannot be held against the runs before: no run of the baseline has it',
    'region eu cannot be held against the runs before: no other region has samples enough in all of the runs to stand beside it',
    'region us cannot be held against the runs before: this run has no load from there',
  ])
  expect(missing.regions.every(({ beside }) => beside?.verdict === 'cannot tell')).toBe(true)
  const alone = heldBy({ eu: 100 })
  expect(alone.regions).toEqual([])
  expect(alone.notes.map(({ code, text }) => `${code}: ${text}`)).toEqual([
    'region-not-held: region eu cannot be held against the runs before: this run has no load from any other region',
    'region-not-held: region us cannot be held against the runs before: this run has no load from there',
  ])
  expect(heldBy({}).notes).toMatchObject([{ data: { regions: ['eu', 'us'], why: alone.notes[1]?.data.why } }])
})

test('a region that no run before has is told, beside those that are held', () => {
  const added = heldBy({ asia: 150, eu: 101, us: 300 })
  expect(added.notes.map(({ code, data }) => [code, data.region ?? data.regions])).toEqual([
    ['region-slower', 'us'],
    ['region-not-held', ['asia']],
  ])
  const first = heldBy(
    { eu: 100, us: 200 },
    FIVE.map((ms) => runOf(storeOf({ eu: ms }))),
  )
  expect(first.notes.map(({ text }) => text)).toEqual([
    'regions eu, us cannot be held against the runs before: no run of the baseline has it',
  ])
  // Where none ever was, there is nothing to tell.
  expect(
    heldBy(
      { eu: 100 },
      FIVE.map((ms) => runOf(storeOf({ eu: ms }))),
    ).notes,
  ).toEqual([])
})

test('a run of several k6 from one region is held against the usual base of its suite; that of one k6, or without a base, has no note', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regions-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const faked = fakeRecord(() => 0.5)
  const two = { ...faked, verdict: 'pass' as const, instances: [...faked.instances, ...faked.instances] }
  const record = { ...two, judgedPhases: [], notes: [] }
  const left = {
    store: storeOf({ eu: 100 }),
    folder: diskFolder(folder),
    places: { results: folder, baselines: folder },
  }
  const codes = async (one: RunRecord): Promise<string[]> =>
    ((await withHeldRegions(one, left)).notes ?? []).map(({ code }) => code)
  expect(await codes(record)).toEqual([])
  await changeBaseline(join(folder, 'main.json'), () => ({
    name: 'main',
    kind: 'pinned',
    last: 8,
    writtenAt: record.startedAt,
    runs: fromTwo.map((run, index) => ({ ...run, id: `before-${index}`, conditions: conditionsOf(record) })),
  }))
  expect(await codes(record)).toEqual(['region-not-held', 'region-not-held'])
  expect(await codes({ ...record, verdict: 'invalid' })).toEqual([])
  expect(await codes({ ...record, instances: faked.instances })).toEqual([])
})

test('where no HTTP request is made, regions are held by what there is: gRPC calls, else journeys', () => {
  const store = createStore()
  ;['eu', 'us'].forEach((region, index) => {
    const labels = { instance_id: String(index + 1), region, journey: 'buy' }
    const times = Array.from({ length: 300 }, (_, at) => 0.1 + at / 3000)
    store.add([
      counter('k6_iterations_total', 300, 1000, labels),
      counter('k6_journeys_completed_total', 290, 1000, labels),
      counter('k6_journeys_failed_total', 10, 1000, labels),
      trend('k6_journey_duration_seconds', times, 1000, labels),
    ])
  })
  expect(regionsOf(store, [])).toMatchObject([
    { region: 'eu', requests: 0, signals: [{ signal: 'journeys', count: 300, failed: 10 }] },
    { region: 'us', requests: 0, signals: [{ signal: 'journeys', count: 300 }] },
  ])
  const measured = (): Set<string> =>
    new Set(runOf(store).measurements.flatMap(({ region, metric }) => (region === undefined ? [] : metric)))
  expect(measured()).toEqual(new Set(['journey_duration', 'journey_failed']))
  for (const region of ['eu', 'us'])
    store.add([trend('k6_grpc_req_duration_seconds', [0.1, 0.2], 1000, { region })])
  expect(measured()).toEqual(new Set(['grpc_req_duration']))
})

import { expect, test } from 'vitest'
import { counter, trend } from '../../../test/doubles/pushesOfK6.ts'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import { fakeRecord } from '../../../test/doubles/runRecord.ts'
import { createStore, measuredRun, regionsOf, type MeasuredRun, type Store } from '../../record/index.ts'
import { compareRuns } from '../comparison/compare.ts'
import { REGION_NOTES } from '../rules/regions.ts'
import { told } from '../rules/rule.ts'
import { heldRegions } from './heldRegions.ts'

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

function heldBy(regions: Readonly<Record<string, number>>, runs = 5) {
  const before = [100, 102, 99, 101, 98].slice(0, runs).map((ms) => runOf(storeOf({ eu: ms, us: 2 * ms })))
  const store = storeOf(regions)
  const held = heldRegions(regionsOf(store, []), compareRuns(before, runOf(store), 'the runs before it'))
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
  expect(heldBy({ eu: 100, us: 300 }, 1).notes.map(({ text }) => text)).toEqual([
    'regions eu, us cannot be held against the runs before: 1 comparable run does not tell how large noise is: 5 are needed',
  ])
  const missing = heldBy({ eu: 100, asia: 200 })
  expect(missing.notes.map(({ data }) => data.regions)).toEqual([['asia'], ['eu'], ['us']])
  expect(missing.regions.every(({ beside }) => beside?.verdict === 'cannot tell')).toBe(true)
  const none = heldRegions(regionsOf(storeOf({ eu: 1, us: 1 }), []), 'there is none that is comparable')
  expect(told(REGION_NOTES, none.facts)).toMatchObject([
    { code: 'region-not-held', data: { regions: ['eu', 'us'] } },
  ])
})

import { expect, test } from 'vitest'
import { madeUpRun, noisyShop } from '../../../test/doubles/noisyRuns.ts'
import { histogramOf } from '../../prometheus/index.ts'
import type { MeasuredRun, Measurement } from '../../record/index.ts'
import { historyOf } from './history.ts'
import type { HistoricRun } from './series.ts'
import { changeNotes } from './words.ts'

const SCOPE = { wanted: () => true, last: 500 }
const NONE = { judged: [], waivers: [], entries: [], notes: [], olderSeries: 0 }
const history = (runs: readonly HistoricRun[], scope = SCOPE) =>
  historyOf({ ...NONE, runs }, scope, new Date('2026-11-30T00:00:00Z'))

const NOISE = { run: 0.02, step: 0.02 }

/** A run for each factor of the first step's time, one each day. */
function daily(
  slower: readonly number[],
  more: (day: number) => Partial<HistoricRun> = () => ({}),
): HistoricRun[] {
  const shop = noisyShop(7, 3)
  return slower.map((one, day) => named(shop({ noise: NOISE, slower: one }), day, more(day)))
}

function named(run: MeasuredRun, day: number, more: Partial<HistoricRun> = {}): HistoricRun {
  const startedAt = new Date(Date.UTC(2026, 9, 1 + day)).toISOString()
  const measured = { ...run, id: `shop-${day}`, startedAt }
  const about = { commit: `c0ffee${day}`, version: '1' }
  return { ...measured, about, measured, ...more }
}
const days = (count: number, value = 0): number[] => Array.from({ length: count }, () => value)

test('a step that becomes slower: its rows are one change, between two runs, at a commit', () => {
  const { text, series } = history(daily([...days(20), ...days(6, 0.3)]))
  expect(text).toMatch(
    /^1 change in 26 runs: p95 of step 0 \+\d+ % \(\d+ → \d+ ms\) at c0ffee20 \(2026-10-21\), and 2 more rows$/,
  )
  const [change] = series[0]!.changes
  expect(change).toMatchObject({
    kind: 'step',
    verdict: 'worse',
    before: { id: 'shop-19', commit: 'c0ffee19' },
    run: { id: 'shop-20', commit: 'c0ffee20' },
    skipped: 0,
  })
  expect(change!.rows.map(({ step, quantity }) => [step, quantity])).toEqual([
    ['step 0', 'p95'],
    ['step 0', expect.any(String)],
    ['step 0', expect.any(String)],
  ])
  expect(changeNotes(change!)).toEqual([])
})

test('what should be known of a change: gaps, missing and equal commits, files without a commit', () => {
  const gap = (day: number): Partial<HistoricRun> =>
    day === 20 || day === 21 ? { measured: undefined as never, why: 'its verdict is invalid' } : {}
  const values = [...days(20), 0, 0.3, ...days(6, 0.3)]
  const notes = (more: (day: number) => Partial<HistoricRun>) => {
    const { changes } = history(daily(values, more)).series[0]!
    return { text: changes[0]!.text, notes: changeNotes(changes[0]!) }
  }
  expect(notes(gap).notes).toEqual(['2 runs between them have no figures that count'])
  expect(notes(() => ({ about: {} })).text).toMatch(
    / since the run shop-21 \(2026-10-22\), whose commit is not known, and/,
  )
  expect(notes((day) => ({ about: day < 21 ? {} : { commit: 'a1' } })).notes).toEqual([
    'the commit of the run before it is not known',
  ])
  const same = notes(() => ({ about: { commit: 'a1 + changes' } }))
  expect(same.text).toContain(' since 2026-10-22, at a1 + changes as before it')
  expect(same.notes).toEqual([
    'files were changed that no commit has',
    'the commit is the same: look at what else changed, such as data, machines, and other services',
  ])
})

test('nothing changed: it says what would have been found', () => {
  const { text, series } = history(daily(days(30)))
  expect(text).toMatch(
    /^No change in 30 runs; in most p95 one of [\d.]+ % would have been found after 5 runs$/,
  )
  expect(series[0]!.rows[0]).toMatchObject({ runs: 30, levels: [{ from: 0, to: 29 }] })
})

test('few runs: it cannot tell yet, and says how many are needed', () => {
  expect(history(daily(days(9))).text).toBe(
    'In 9 runs: cannot tell yet: 9 runs with figures that count, and 10 are needed',
  )
  expect(history([]).text).toBe('No runs')
})

test('runs on a machine that was busier than around them are shown, and make no change; one that stays so is told with it', () => {
  const full = (is: (day: number) => boolean) => (run: HistoricRun, day: number) => ({
    ...run,
    measured: { ...run.measured!, full: is(day) ? 0.6 : 0.02 },
  })
  const values = [...days(12), ...days(4, 0.4), ...days(10)]
  expect(history(daily(values)).text).toMatch(/^2 changes/)
  const busy = history(daily(values).map(full((day) => day >= 12 && day < 16)))
  expect(busy.text).toMatch(/^No change in 26 runs/)
  const [series] = busy.series
  expect(series!.runs.flatMap(({ busy: is, id }) => (is ? [id] : []))).toEqual(
    [12, 13, 14, 15].map((day) => `shop-${day}`),
  )
  expect(series!.rows[0]!.values.every((value) => value !== null)).toBe(true)
  expect([series!.figures, series!.rows[0]!.runs]).toEqual([22, 22])
  const stays = history(daily([...days(12), ...days(14, 0.4)]).map(full((day) => day >= 12)))
  expect(changeNotes(stays.series[0]!.changes[0]!).join()).toContain(
    'had no CPU left for 60 % of the time, before for 2 %: it may be the machine',
  )
})

test('runs of other conditions are a series of their own, which says in what it differs', () => {
  const other = { ...madeUpRun([]).conditions, k6: 'v2.3' }
  const { text, series } = history(daily(days(24), (day) => (day < 12 ? {} : { conditions: other })))
  expect(text).toMatch(/^No change in 24 runs of 2 series;/)
  expect(series.map(({ differences }) => differences.map(({ what }) => what))).toEqual([
    ['minor version of k6'],
    [],
  ])
})

test('failures that come are a change in points, and a few of many are not', () => {
  const failing = (part: number): Measurement => ({
    metric: 'http_req_failed',
    kind: 'share',
    phase: 'steady',
    journey: 'shopping',
    step: 'pay',
    part,
    of: 2000,
  })
  const runs = (parts: readonly number[]) => parts.map((part, day) => named(madeUpRun([failing(part)]), day))
  expect(history(runs([...days(20), ...days(3, 40)])).text).toMatch(
    /^1 change in 23 runs: failed requests of pay \+2 points \(0 → 2 %\)/,
  )
  expect(history(runs([...days(20), 1, 0, 2, 1, 0, 3])).text).toMatch(/^No change/)
})

test('a figure that is no longer measured, or not above 0, is told and not judged', () => {
  const own = (value: number): Measurement => ({
    metric: 'stock',
    kind: 'values',
    unit: '',
    phase: 'steady',
    values: histogramOf(Array.from({ length: 2000 }, () => value)),
  })
  const { series } = history(
    days(12).map((_, day) => named(madeUpRun(day < 6 ? [own(day)] : [own(50)]), day)),
  )
  expect(series[0]!.rows.map(({ levels, runs }) => ({ levels, runs }))).toEqual(
    Array.from({ length: 3 }, () => ({ levels: [], runs: 12 })),
  )
})

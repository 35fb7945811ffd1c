import type { Conditions, MeasuredRun, Verdict } from '../../record/index.ts'
import { differencesOf, type Difference } from '../comparison/differences.ts'
import type { Change } from './change.ts'
import type { HistoryRow } from './historyRow.ts'

/** A run as a history reads it. */
export interface HistoricRun {
  readonly id: string
  readonly startedAt: string
  readonly verdict: Verdict
  readonly conditions: Conditions
  readonly about: Readonly<Record<string, string>>
  readonly judgedPhases: readonly string[]
  /** What it measured; absent where it has no figures. */
  readonly measured?: MeasuredRun
  /** Why it has none. */
  readonly why?: string
}

/** A run of a series, as it is told. */
export interface SeriesRun extends Pick<HistoricRun, 'id' | 'startedAt' | 'verdict' | 'why'> {
  readonly commit?: string
  readonly version?: string
  /** The machine that made the load was busier than around it: of its times no change is made. */
  readonly busy?: boolean
}

/** Runs that are comparable, and what became of their figures. */
export interface HistorySeries {
  /** `boutique · load · staging`. */
  readonly name: string
  readonly conditions: Conditions
  /** The oldest first. */
  readonly runs: readonly SeriesRun[]
  /** How many of them have figures, and were not made on a busy machine. */
  readonly figures: number
  /** Whether these are enough to say something. */
  readonly hasEnoughRuns: boolean
  /** In what it differs from the series before it of the same suite, profile and environment. */
  readonly differences: readonly Difference[]
  /** The newest first. */
  readonly changes: readonly Change[]
  readonly rows: readonly HistoryRow[]
}

/** Runs of the same conditions together: the series with the newest run first, in each the oldest run first. */
export function comparableSeries<Run extends HistoricRun>(runs: readonly Run[]): Run[][] {
  const series = new Map<string, Run[]>()
  for (const run of runs.toSorted(byTime)) {
    const key = JSON.stringify(Object.entries(run.conditions).sort(([a], [b]) => (a < b ? -1 : 1)))
    const phases = String(run.judgedPhases.length > 0)
    const known = series.get(key + phases)
    if (known) known.push(run)
    else series.set(key + phases, [run])
  }
  return [...series.values()].sort((a, b) => -byTime(newest(a), newest(b)))
}

const newest = (runs: readonly HistoricRun[]): HistoricRun => runs.at(-1) as HistoricRun

const byTime = (a: HistoricRun, b: HistoricRun): number =>
  a.startedAt === b.startedAt ? (a.id < b.id ? -1 : 1) : a.startedAt < b.startedAt ? -1 : 1

/** In what a series differs from the newest of `others` that it replaced. */
export function replacing(
  series: readonly HistoricRun[],
  others: readonly (readonly HistoricRun[])[],
): Difference[] {
  const [first] = series
  if (first === undefined) return []
  const { suite, profile, environment } = first.conditions
  const before = others
    .flat()
    .filter(
      ({ conditions, startedAt }) =>
        conditions.suite === suite &&
        conditions.profile === profile &&
        conditions.environment === environment &&
        startedAt < first.startedAt,
    )
    .toSorted(byTime)
    .at(-1)
  return before ? differencesOf([before], first).filter(({ decisive }) => decisive) : []
}

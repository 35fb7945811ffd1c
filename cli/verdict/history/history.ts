import { defined, plural } from '../../base/index.ts'
import { namerOf } from '../comparison/compare.ts'
import { median } from '../statistics/robust.ts'
import { sizeText } from '../comparison/words.ts'
import { isTail, type RowSubject } from '../comparison/row.ts'
import { accountsOf, type Account } from './accounts.ts'
import type { HistorySources } from './sources.ts'
import { busyPlaces } from './busyRuns.ts'
import { changeOf, namedRun } from './changes.ts'
import { AFTER_RUNS } from './detectable.ts'
import { groupsOf, type Group } from './grouped.ts'
import type { HistoryRow } from './historyRow.ts'
import { HISTORY_LIMITS } from './limits.ts'
import { candidatesOf, historyRow, pointed, type PointedRow } from './rowPoints.ts'
import { comparableSeries, replacing, type HistoricRun, type HistorySeries } from './series.ts'
import { tooFewText } from './words.ts'

/** The version of a history's shape as JSON. Described in docs/history.md. */
export const HISTORY_SCHEMA = 1

/** Which rows and how many runs are looked at. */
export interface HistoryScope {
  readonly wanted: (subject: RowSubject) => boolean
  /** Runs of a series at most, the newest ones. */
  readonly last: number
}

/** Runs over time: what changed, when, and at which commit; and who answered for what. */
export interface History {
  readonly schema: typeof HISTORY_SCHEMA
  /** When it was made: ISO 8601, UTC. */
  readonly madeAt: string
  /** The answer in a sentence. */
  readonly text: string
  readonly series: readonly HistorySeries[]
  readonly accounts: readonly Account[]
  /** What should be known: what could not be read, or trusted. */
  readonly notes: readonly string[]
}

/** The history of what was found. */
export function historyOf(sources: HistorySources, scope: HistoryScope, now: Date): History {
  const { runs, judged, waivers, entries, notes, olderSeries } = sources
  const older = plural(olderSeries, 'older series', 'older series')
  return {
    schema: HISTORY_SCHEMA,
    madeAt: now.toISOString(),
    ...trendOf(runs, scope),
    accounts: accountsOf({ runs: judged, entries, waivers, now }),
    notes: [
      ...notes,
      ...(olderSeries > 0
        ? [`${older} of other conditions left out: --suite, --profile, --environment choose`]
        : []),
    ],
  }
}

/** The trend of some runs: each series of comparable ones for itself, that of the newest run first. */
export function trendOf(
  runs: readonly HistoricRun[],
  { wanted, last }: HistoryScope,
): Pick<History, 'text' | 'series'> {
  const all = comparableSeries(runs)
  const series = all.map((one) =>
    seriesOf(
      one.slice(-last),
      all.filter((other) => other !== one),
      wanted,
    ),
  )
  return { text: answerOf(series), series }
}

function seriesOf(
  runs: readonly HistoricRun[],
  others: readonly (readonly HistoricRun[])[],
  wanted: HistoryScope['wanted'],
): HistorySeries {
  const { conditions, judgedPhases } = runs.at(-1) as HistoricRun
  const { suite, profile, environment } = conditions
  const measured = runs.map((run) => run.measured)
  const busy = busyPlaces(measured.map((run) => run?.full))
  const candidates = candidatesOf(measured, wanted, busy)
  const told = candidates.filter(({ scale }) => scale !== undefined)
  const places = told.length * Math.max(1, ...told.map((row) => row.counted.length))
  const chance = HISTORY_LIMITS.alpha / Math.max(1, places)
  const rows = candidates.map((row) => pointed(row, chance))
  const groups = groupsOf(rows)
  const namer = namerOf(candidates, { judgedPhases })
  const figures = measured.filter((run, place) => run !== undefined && !busy.has(place)).length
  return {
    name: [suite, profile, environment].join(' · '),
    conditions,
    runs: runs.map((run, place) => {
      const { verdict, why } = run
      return { ...namedRun(run), verdict, ...defined({ why, busy: busy.has(place) || undefined }) }
    }),
    figures,
    hasEnoughRuns: figures >= HISTORY_LIMITS.runs,
    differences: replacing(runs, others),
    changes: groups.map((group) => changeOf(group, runs, namer)).reverse(),
    rows: rows
      .map((row) =>
        historyRow(row, namer(row.subject), { runs: runs.length, at: levelsAt(row, groups), chance }),
      )
      .sort(byWeight),
  }
}

/** Where a row has a new level: its own points, and where it joined a change. */
function levelsAt(row: PointedRow, groups: readonly Group[]): number[] {
  const joined = groups.flatMap(({ rows }) =>
    rows.filter((one) => one.row === row).map(({ shift }) => shift.at),
  )
  return [...new Set([...row.points.map(({ at }) => at), ...joined])].sort((a, b) => a - b)
}

/** Rows that changed first, then those of p95 and of failures; each in the order in which they were found. */
const byWeight = (a: HistoryRow, b: HistoryRow): number => rank(a) - rank(b)
const rank = ({ levels, quantity }: HistoryRow): number =>
  (levels.length > 1 ? 0 : 2) + (isTail(quantity) || quantity === 'share' ? 0 : 1)

/** The answer of all series in a sentence. */
function answerOf(series: readonly HistorySeries[]): string {
  const runs = series.reduce((sum, one) => sum + one.runs.length, 0)
  if (runs === 0) return 'No runs'
  const of = series.length > 1 ? ` of ${series.length} series` : ''
  const changes = series.flatMap((one) => one.changes)
  const [newest] = changes.toSorted((a, b) => (a.run.startedAt < b.run.startedAt ? 1 : -1))
  if (newest) {
    const more = changes.length > 1 ? `; ${changes.length - 1} before it` : ''
    return `${plural(changes.length, 'change')} in ${plural(runs, 'run')}${of}: ${newest.text}${more}`
  }
  const told = series.filter(({ hasEnoughRuns }) => hasEnoughRuns)
  if (told.length === 0)
    return series.length === 1
      ? `In ${plural(runs, 'run')}: ${tooFewText(series[0]?.figures ?? 0)}`
      : `In ${plural(runs, 'run')}${of}: cannot tell yet: no series has the ${HISTORY_LIMITS.runs} runs with figures that are needed`
  return `No change in ${plural(runs, 'run')}${of}${foundText(told.flatMap(({ rows }) => rows))}`
}

/** Which change would have been found in most rows: of p95, and of medians where no p95 has samples enough. */
function foundText(rows: readonly HistoryRow[]): string {
  for (const wanted of ['p95', 'p50']) {
    const known = rows.flatMap(({ quantity, levels, detectable }) => {
      const level = levels.at(-1)?.value ?? 0
      return quantity === wanted && detectable !== undefined && level > 0 ? [detectable / level] : []
    })
    if (known.length > 0)
      return `; in most ${wanted} one of ${sizeText(median(known), 'ms', 1)} would have been found after ${AFTER_RUNS} runs`
  }
  return ''
}

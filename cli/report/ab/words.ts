import { plural, time } from '../../base/index.ts'
import {
  changeText,
  looksOf,
  PAIR_LIMITS,
  type AbPlan,
  type AbResult,
  type PairedComparison,
} from '../../verdict/index.ts'

/** What was tested with what, in a line. */
export function abAbout({ suite, profile, environment, base, candidate, counted, pairs }: AbResult): string {
  return `${suite} (${profile}, ${environment}): candidate ${candidate} against base ${base}; ${counted} of ${plural(pairs, 'pair')}`
}

/** How a test goes, before it begins: `8 pairs, and it may end after 4 or 6`. */
export function scheduleText({ pairs, sequential }: Pick<AbPlan, 'pairs' | 'sequential'>): string {
  const early = [...looksOf(pairs, 1, sequential).keys()].slice(0, -1)
  return early.length === 0
    ? `${plural(pairs, 'pair')}, all of them`
    : `${plural(pairs, 'pair')} at most; it may end after ${listed(early)}`
}

const listed = (counts: readonly number[]): string =>
  counts.length === 1 ? `${counts[0] ?? ''}` : `${counts.slice(0, -1).join(', ')} or ${counts.at(-1) ?? ''}`

/** A test after a pair: how far it is, the row that moved most and how sure that is, and what is left. */
export function abProgress(so: {
  counted: number
  pairs: number
  comparison: PairedComparison
  leftMs: number
}): string {
  const { counted, pairs, comparison, leftMs } = so
  const left = pairs - counted
  return [
    `pair ${counted} of ${pairs}: ${rowSoFar(comparison, counted)}`,
    left === 0 ? 'no pair is left' : `${plural(left, 'pair')} left at most, about ${time(leftMs)}`,
  ].join('; ')
}

function rowSoFar({ rows, verdict }: PairedComparison, counted: number): string {
  const told = rows.filter(({ judged, isCounted, change }) => judged && isCounted && change !== undefined)
  const row = told.find(({ change }) => change !== 0) ?? told[0]
  if (row?.change === undefined) return 'too few samples so far'
  const { name, unit, base, interval, change } = row
  const by = (value: number): string => changeText(value, unit, base)
  const sure =
    interval === undefined || counted < PAIR_LIMITS.least
      ? ', not sure yet'
      : ` (in 95 of 100 cases ${by(interval.low)} to ${by(interval.high)})`
  return `${verdict === 'worse' ? 'worse: ' : ''}${name} ${by(change)}${sure}`
}

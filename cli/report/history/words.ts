import { plural, share } from '../../base/index.ts'
import type { Verdict } from '../../record/index.ts'
import {
  changeNotes,
  changeText,
  dayOf,
  figureText,
  sizeText,
  tooFewText,
  type Account,
  type Change,
  type HistoryRow,
  type HistorySeries,
} from '../../verdict/index.ts'
import { differenceText } from '../comparison/heading.ts'

/** Differences of a change that are told at most. */
const MAX_DIFFERENCES = 6

const PASSED: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'inconclusive',
  invalid: 'invalid',
}

/** A series in a line: `boutique · load · staging: 60 runs, 2026-10-01 to 2026-11-30: 57 passed, 2 failed, 1 invalid`. */
export function seriesText({ name, runs }: HistorySeries): string {
  const [first, last] = [runs[0], runs.at(-1)].map((run) => dayOf(run?.startedAt ?? ''))
  const counts = (Object.keys(PASSED) as Verdict[]).flatMap((verdict) => {
    const count = runs.filter((run) => run.verdict === verdict).length
    return count > 0 ? [`${count} ${PASSED[verdict]}`] : []
  })
  const when = first === last ? (first ?? '') : `${first ?? ''} to ${last ?? ''}`
  return `${name}: ${plural(runs.length, 'run')}, ${when}: ${counts.join(', ')}`
}

/** What should be known of a series, in sentences. */
export function seriesNotes({ runs, figures, hasEnoughRuns, differences }: HistorySeries): string[] {
  const gaps = runs.filter(({ why }) => why !== undefined)
  const gap = gaps.at(-1)
  const busy = runs.filter((run) => run.busy)
  return [
    ...(differences.length > 0
      ? [
          `not comparable with the runs before ${dayOf(runs[0]?.startedAt ?? '')}: ${differences.map(differenceText).join('; ')}`,
        ]
      : []),
    ...(hasEnoughRuns ? [] : [tooFewText(figures)]),
    ...(gap && hasEnoughRuns
      ? [`${plural(gaps.length, 'run has', 'runs have')} no figures, the newest ${gap.id}: ${gap.why ?? ''}`]
      : []),
    ...(busy.length > 0
      ? [
          `${plural(busy.length, 'run was', 'runs were')} made on a machine that was busier than around ${busy.length === 1 ? 'it' : 'them'}, the newest ${busy.at(-1)?.id ?? ''}: no change is made of ${busy.length === 1 ? 'its' : 'their'} times`,
        ]
      : []),
  ]
}

/** Between which runs a change is, what else is not as it was, and what should be known of it, in sentences. */
export function changeDetails(change: Change): string[] {
  const { before, run, differences } = change
  const told = differences.map(differenceText)
  const more = told.length - MAX_DIFFERENCES
  return [
    `between ${before.id} and ${run.id}`,
    ...told.slice(0, MAX_DIFFERENCES),
    ...(more > 0 ? [`${plural(more, 'more difference')}: loadwright compare ${before.id} ${run.id}`] : []),
    ...changeNotes(change),
  ]
}

/** The heads of {@link rowCells}. */
export const ROW_HEADINGS = ['first', 'now', 'change', 'noise', 'found from'] as const

/** A row's first and newest level, its change, its noise, and what would be found. */
export function rowCells({ levels, unit, noise, detectable }: HistoryRow): string[] {
  const [first, last] = [levels[0]?.value, levels.at(-1)?.value]
  const of = (value: number | undefined): string => (value === undefined ? '–' : figureText(value, unit))
  const size = (value: number | undefined): string =>
    value === undefined || last === undefined ? '–' : sizeText(value, unit, last)
  return [
    of(first),
    of(last),
    levels.length > 1 && first !== undefined && last !== undefined
      ? changeText(last - first, unit, first)
      : levels.length === 1
        ? 'none'
        : 'cannot tell',
    noise === undefined ? '–' : `±${size(noise)}`,
    size(detectable),
  ]
}

/** The heads of {@link accountCells}. */
export const ACCOUNT_HEADINGS = [
  'runs',
  'violated',
  'overrides',
  'waived',
  'waivers in force',
  'expired',
  'right again after',
] as const

/** An owner's account as cells. */
export function accountCells(account: Account): string[] {
  const { runs, violations, overrides, waived, inForce, expired, recoveries, recoveredAfterMs } = account
  const often = recoveries > 1 ? ` (median of ${recoveries})` : ''
  return [
    `${runs}`,
    violations === 0 ? '0' : `${violations} (${share(violations / runs)})`,
    `${overrides}`,
    `${waived}`,
    `${inForce.length}`,
    `${expired.length}`,
    recoveredAfterMs === undefined ? '–' : `${spanText(recoveredAfterMs)}${often}`,
  ]
}

/** What should be known of an owner's account, in sentences. */
export const accountNotes = ({ owner, failing, inForce, expired }: Account): string[] => [
  ...failing.map(({ name, since }) => `${owner}: violated since ${dayOf(since)} in ${name}`),
  ...inForce.map(
    ({ metric, step, journey, limit, expires, reason, ticket }) =>
      `${owner}: waiver ${limit} on ${metric}${placeText(step, journey)} until ${expires} (${ticket}): ${reason}`,
  ),
  ...expired.map(
    ({ metric, step, journey, expires, ticket }) =>
      `${owner}: the waiver on ${metric}${placeText(step, journey)} expired on ${expires} (${ticket})`,
  ),
]

const placeText = (step: string | undefined, journey: string | undefined): string => {
  const place = step ?? journey
  return place === undefined ? '' : ` of ${place}`
}

const MINUTE_MS = 60_000

/** A long time as people say it: `40 min`, `7 h`, `12 days`. */
export function spanText(milliseconds: number): string {
  const minutes = milliseconds / MINUTE_MS
  if (minutes < 90) return `${Math.max(1, Math.round(minutes))} min`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : plural(Math.round(minutes / 1440), 'day')
}

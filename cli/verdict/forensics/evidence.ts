import type { PhaseTimes, TimeCurves, Timeline } from '../../record/index.ts'
import type { Weighted } from './weigh.ts'

/** What failures are held against: the run's time, load and data. */
export interface Evidence {
  /** When load began and ended, Unix time in milliseconds. */
  readonly start: number
  readonly end: number
  readonly timeline?: Timeline
  /** How many rows each pool has. */
  readonly pools: readonly { readonly name: string; readonly rows: number }[]
  /** How many VUs each scenario has at most. */
  readonly vus: Readonly<Record<string, number>>
  readonly phases: readonly PhaseTimes[]
}

/** What explains failures: which factor, what of it, how many of them, and how the sentence goes on after its subject. */
export interface FactorFinding {
  readonly factor: 'time' | 'origin' | 'rows' | 'vu' | 'place'
  /** The same for two findings that say the same. */
  readonly key: string
  /** The share of the failures that it explains, 0 to 1. */
  readonly share: number
  /** After `all 12 failures`: `carry 2 of the 9 rows of products`. */
  readonly says: string
  /** Of a time, without a verb, so that a place can stand before it: `from 00:02:10 on, to the end`. */
  readonly when?: string
}

/** A time as a finding tells it. */
export const came = (when: string): Pick<FactorFinding, 'says' | 'when'> => ({ says: `came ${when}`, when })

/** A factor explains failures from this share on. */
export const MIN_SHARE = 0.9

/** The chance, under no relation at all, up to which a factor is taken for the reason. */
export const MAX_CHANCE = 0.003

/** How much of a run's requests must lie outside for a stretch of failures to have a beginning, or an end. */
export const MIN_CLEAN_SHARE = 0.1

/** How many iterations failures come from: those of one iteration are no independent witnesses. */
export function witnesses(events: readonly Weighted[]): number {
  const seen = new Set(
    events.map(({ vu, scenario, iteration, at }) => JSON.stringify([vu, scenario, iteration ?? at])),
  )
  return seen.size
}

/** ln of "n choose k". */
export function logChoose(n: number, k: number): number {
  let log = 0
  for (let i = 1; i <= Math.min(k, n - k); i++) log += Math.log((n - i + 1) / i)
  return log
}

/** A place's own curves, where it is a step with some. */
export const curvesOf = ({ timeline }: Evidence, { journey, step }: EvidencePlace): TimeCurves | undefined =>
  timeline?.steps.find((one) => one.journey === journey && one.step === step)?.time

/** Requests over time: of a step where it is known, else of all. */
function requestsOf(evidence: Evidence, place: EvidencePlace): TimeCurves | undefined {
  const own = curvesOf(evidence, place)
  return own?.count.some(Boolean) ? own : evidence.timeline?.requests
}

/** A journey and a step in it. */
export interface EvidencePlace {
  readonly journey?: string | undefined
  readonly step?: string | undefined
}

/** What share of a place's requests was sent up to a time; of the run's time if requests were not counted. */
export function exposure(evidence: Evidence, place: EvidencePlace = {}): (time: number) => number {
  const { start, end, timeline } = evidence
  const counts = requestsOf(evidence, place)?.count.map((count) => count ?? 0) ?? []
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (!timeline || all === 0) return (time) => clamp((time - start) / Math.max(1, end - start))
  return (time) => upTo(timeline, counts, time) / all
}

/** What share of a place's requests went well after a time: none where what failed went on to the end. */
export function wellAfter(evidence: Evidence, place: EvidencePlace = {}): (time: number) => number {
  const { timeline } = evidence
  const requests = requestsOf(evidence, place)
  const sent = exposure(evidence, place)
  const all = requests?.count.reduce<number>((sum, count) => sum + (count ?? 0), 0) ?? 0
  if (!timeline || !requests || all === 0) return (time) => 1 - sent(time)
  const well = requests.count.map((count, index) => Math.max(0, (count ?? 0) - (requests.failed[index] ?? 0)))
  const inAll = well.reduce((sum, count) => sum + count, 0)
  return (time) => (inAll - upTo(timeline, well, time)) / all
}

/** Of counts in windows, those up to a time. */
function upTo({ at, window }: Timeline, counts: readonly number[], time: number): number {
  return counts.reduce(
    (sum, count, index) => sum + count * clamp((time / 1000 - (at[index] ?? 0)) / window),
    0,
  )
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value))

/** A time as elapsed time of the run: `00:02:10`. */
export function elapsed({ start }: Evidence, time: number): string {
  const seconds = Math.max(0, Math.round((time - start) / 1000))
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':')
}

import {
  came,
  MAX_CHANCE,
  MIN_CLEAN_SHARE,
  curvesOf,
  elapsed,
  exposure,
  logChoose,
  MIN_SHARE,
  wellAfter,
  witnesses,
  type Evidence,
  type FactorFinding,
  type EvidencePlace,
} from './evidence.ts'
import { sharedPlace } from './places.ts'
import { rateAt } from './rate.ts'
import { tally, failureTimes, weightOf, type Weighted } from './weigh.ts'

/** A stretch of time with the share of failures in it, and how it lies in the run. */
interface Stretch {
  from: number
  to: number
  share: number
  place: 'burst' | 'onset' | 'early'
}

/** When failures happened, where that was not all the time: from a time on, in a burst, at first only. */
export function timeFactor(events: readonly Weighted[], evidence: Evidence): FactorFinding | undefined {
  const stretch = stretchOf(events, evidence)
  if (!stretch) return undefined
  const { from, to, share, place } = stretch
  const [began, ended] = [elapsed(evidence, from), elapsed(evidence, to)]
  const status = whatOf(events)
  const isBrief = to - from <= (evidence.end - evidence.start) / 2
  const made = (when: string): FactorFinding => ({
    factor: 'time',
    key: `${place} ${began}`,
    share,
    ...came(when),
  })
  if (place === 'early') return made(`in the first ${duration(to - evidence.start)} of the run${status}`)
  const rate = rateAt(evidence, from, to)
  if (place === 'onset')
    return rate === undefined
      ? made(`from ${began} on, to the end${status}`)
      : made(`from ${began} on, when the rate passed ${rate}/s${status}`)
  return rate === undefined
    ? made(
        `between ${began} and ${ended}${isBrief ? `: a burst${status === '' ? '' : ` of ${status.slice(2)}`}` : status}`,
      )
    : made(`between ${began} and ${ended}, when the rate was over ${rate}/s${status}`)
}

/** The target that did not answer any more, or not for a while. */
export function deadFactor(events: readonly Weighted[], evidence: Evidence): FactorFinding | undefined {
  const all = weightOf(events)
  const silent = events.filter(({ status }) => status === 0)
  const share = weightOf(silent) / all
  if (all === 0 || share < MIN_SHARE) return undefined
  const from = failureTimes(silent)?.first
  if (from === undefined || answersBefore(evidence, from) === 0) return undefined
  const back = answersAfter(evidence, from)
  if (back === 'at once') return undefined
  const why = `connection ${reasonOf(silent)}`.replace(/^connection (?!refused|reset)/, '')
  const when =
    back === 'never'
      ? `from ${elapsed(evidence, from)} on, when the target stopped answering: ${why}`
      : `between ${elapsed(evidence, from)} and ${elapsed(evidence, back)}, when the target did not answer: ${why}`
  return { factor: 'time', key: `dead ${elapsed(evidence, from)}`, share, ...came(when) }
}

const REASONS = ['refused', 'reset', 'no such host', 'timeout', 'unreachable', 'EOF', 'TLS', 'certificate']

function reasonOf(events: readonly Weighted[]): string {
  const found = tally(events, ({ got = '' }) =>
    REASONS.find((word) => got.toLowerCase().includes(word.toLowerCase())),
  )
  return found[0]?.[0] ?? 'no answer'
}

/** Requests that were answered as expected before a time, by the timeline; 1 where there is none. */
function answersBefore({ timeline, start }: Evidence, time: number): number {
  if (!timeline) return time > start ? 1 : 0
  const { count, failed } = timeline.requests
  return timeline.at.reduce(
    (sum, at, index) => (at * 1000 < time ? sum + (count[index] ?? 0) - (failed[index] ?? 0) : sum),
    0,
  )
}

/** Milliseconds by which a sample may be pushed late. */
const MAX_LATE_MS = 2000

/** When the target answered again: a time, never, or so soon that it was never gone. */
function answersAfter({ timeline, end }: Evidence, time: number): 'never' | 'at once' | number {
  if (!timeline) return 'never'
  const { count, failed } = timeline.requests
  const after = timeline.at.flatMap((at, index) =>
    at * 1000 > time + MAX_LATE_MS && at * 1000 < end ? [index] : [],
  )
  const answered = after.filter((index) => (count[index] ?? 0) - (failed[index] ?? 0) > 0)
  const [first] = answered
  if (first === undefined) return 'never'
  return first === after[0] ? 'at once' : (timeline.at[first] ?? 0) * 1000
}

function stretchOf(events: readonly Weighted[], evidence: Evidence): Stretch | undefined {
  const timed = events.filter((event) => event.at !== undefined).sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
  const all = weightOf(events)
  const n = witnesses(timed)
  if (n < 3 || weightOf(timed) < all * MIN_SHARE) return undefined
  const at = sharedPlace(events)
  const [sent, well] = [exposure(evidence, at), wellAfter(evidence, at)]
  const whole = {
    from: timed[0]?.at ?? 0,
    to: lastOf(timed, evidence, at),
    share: weightOf(timed) / all,
  }
  for (const { from, to, share } of [whole, shortest(timed, all)]) {
    const [before, after] = [sent(from), 1 - sent(to)]
    const place = placed(before, after, well(to))
    const inside = Math.max(1, Math.round(n * share))
    // Where the whole of them begin, or end, is one choice; a burst is two; a part of them is looked for anywhere.
    const choices = share < whole.share ? 2 : place === 'burst' ? 1 : 0
    const outside = before + (place === 'onset' ? 0 : after)
    const log = logChoose(n, inside) + inside * Math.log(Math.max(1e-9, 1 - outside))
    const chance = Math.exp(Math.min(0, log + choices * Math.log(n)))
    const turned = place === 'onset' ? turnedAt(from, evidence, at, n / timed.length) : 1
    if (place && Math.min(chance, turned) <= MAX_CHANCE) return { from, to, share, place }
  }
  return undefined
}

/**
 * The chance that all requests of a place went well before a time and none after it, had the time nothing to do with it:
 * of few iterations it says more than their times do. `weight` is how many iterations a request stands for.
 */
function turnedAt(from: number, evidence: Evidence, place: EvidencePlace, weight: number): number {
  const { timeline } = evidence
  const own = curvesOf(evidence, place)
  if (!timeline || !own) return 1
  let [well, failed] = [0, 0]
  for (const [index, start] of timeline.at.entries()) {
    const bad = own.failed[index] ?? 0
    const good = (own.count[index] ?? 0) - bad
    const before = Math.min(1, Math.max(0, (from / 1000 - start) / timeline.window))
    if ((before === 1 && bad > 0) || (before === 0 && good > 0)) return 1
    well += good * before
    failed += bad
  }
  const some = Math.floor(failed * weight)
  return some === 0 ? 1 : Math.exp(-logChoose(Math.floor(well * weight) + some, some))
}

/** How a stretch lies in the run: before it and after it, what was sent; after it, what went well. */
function placed(before: number, after: number, well: number): Stretch['place'] | undefined {
  if (before >= MIN_CLEAN_SHARE) return well >= MIN_CLEAN_SHARE / 2 ? 'burst' : 'onset'
  return after >= 1 - 4 * MIN_CLEAN_SHARE ? 'early' : undefined
}

/**
 * When the last failure happened: of a VU's many the last ones are not written, so the time until the next one that
 * would have been is added, unless the timeline knows better; that of the place itself knows it to its window.
 */
function lastOf(timed: readonly Weighted[], evidence: Evidence, place: EvidencePlace): number {
  const { timeline, end } = evidence
  const [first, last] = [timed[0]?.at ?? 0, timed.at(-1)?.at ?? 0]
  if (!timed.some(({ count }) => count > 1)) return last
  const possible = Math.min(end, last + (last - first))
  if (!timeline) return possible
  const own = curvesOf(evidence, place)
  const requests = timed.every(({ kind }) => kind === 'request')
  const isFailing = (index: number): boolean =>
    own && requests
      ? (own.failed[index] ?? 0) > 0
      : (timeline.requests.failed[index] ?? 0) > 0 || (timeline.failedChecks[index] ?? 0) > 0
  const window = timeline.at.findLast((_, index) => isFailing(index))
  const until = window === undefined ? possible : (window + timeline.window) * 1000
  return Math.max(last, Math.min(own && requests ? until : Math.min(possible, until), end))
}

/** The shortest stretch that has most of the failures. */
function shortest(timed: readonly Weighted[], all: number): { from: number; to: number; share: number } {
  let best = { from: timed[0]?.at ?? 0, to: timed.at(-1)?.at ?? 0, share: weightOf(timed) / all }
  let [start, weight] = [0, 0]
  for (const { at = 0, weight: more } of timed) {
    weight += more
    while (weight - (timed[start]?.weight ?? 0) >= all * MIN_SHARE) weight -= timed[start++]?.weight ?? 0
    const from = timed[start]?.at ?? 0
    if (weight >= all * MIN_SHARE && at - from < best.to - best.from)
      best = { from, to: at, share: weight / all }
  }
  return best
}

/** `: status 503` where most of them have one. */
function whatOf(events: readonly Weighted[]): string {
  const [[status, weight] = [undefined, 0]] = tally(events, (event) => event.status)
  if (status === undefined || weight < weightOf(events) * MIN_SHARE) return ''
  return status === 0 ? ': no answer' : status < 400 ? '' : `: status ${status}`
}

const duration = (ms: number): string =>
  ms < 60_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : `${Math.round(ms / 6000) / 10} min`

import type { ThresholdResult } from '../../k6/index.ts'
import type { Generator } from '../../record/index.ts'
import type { Arrivals } from './arrivals.ts'
import type { EndedEarly } from './maxDuration.ts'
import type { Steadiness } from './mser.ts'

/** What may make a run unbelievable, or deserves a note: whatever is not known is left out. */
export interface Doubtful {
  /** k6's own exit code; undefined where a signal ended it. */
  k6: number | undefined
  thresholds: readonly ThresholdResult[]
  iterations: number
  /** Iterations that were due and for which no VU was free. */
  dropped: number
  /** VUs that k6 made only when it needed them: an iteration may be dropped for each, in the moment until it was there. */
  grown?: number
  /** Scenarios that their `maxDuration` ended, with what of `dropped` is theirs. */
  endedEarly?: readonly EndedEarly[]
  /** Each scenario of the open model. */
  arrivals?: readonly Arrivals[]
  /** What was seen of the generator in the judged phases. */
  generator?: Generator
  /** How far this machine's clock moved against time that passed (milliseconds). */
  clockShift?: number
  /** How far the target's clock is ahead of this machine's (milliseconds). */
  skew?: number
  /** Judged phases, as long as planned and as long as they were (milliseconds). */
  phases?: readonly { readonly phase: string; readonly planned: number; readonly ran: number }[]
  /** What MSER-5 says of the judged steady phase. */
  steadiness?: Steadiness
  /** Samples of each metric of a threshold on a quantile. */
  samples?: Readonly<Record<string, number>>
}

/** Share of iterations that may be dropped before a run says more about the generator than about the target. */
export const MAX_DROPPED_SHARE = 0.01
/** Share of the planned iterations that must start, and how many may be missing at any rate. */
const MIN_STARTED_SHARE = 0.9
const MAX_MISSING = 10
/** Seconds that the generator must have been looked at before they say anything. */
const MIN_LOOKED_SECONDS = 5
/** Milliseconds that programs may wait for the CPU of a machine that is full, before its timings cannot be believed. */
const MAX_LATE_MS = 250
/** Milliseconds that a clock may move, or differ from the target's. */
const MAX_SHIFT_MS = 1000
const MAX_SKEW_MS = 2000
/** From here on, a target may refuse what is good, and take what is not. */
const FAR_SKEW_MS = 60_000
/** Share of a judged phase that must have been run. */
const MIN_RUN_SHARE = 0.95
/** How much a level may differ from quarter to quarter and still be called one level. */
const MIN_DRIFT = 0.1
/** Quantiles of few samples that are named. */
const MAX_NAMED = 3

/** Reasons for which the generator, its clock or the run's end make figures unbelievable. */
export function doubts(facts: Doubtful): string[] {
  const { k6, iterations, grown = 0, arrivals = [], generator, clockShift = 0, phases = [] } = facts
  const dropped = starved(facts)
  const reasons = (facts.endedEarly ?? []).map(cutByTime)
  if (dropped > (iterations + dropped) * MAX_DROPPED_SHARE + grown) {
    const all = iterations + dropped
    reasons.push(
      `${dropped} of ${all} iterations (${percent(dropped / all)} %) were dropped for want of VUs: the target did not get the load that was asked for`,
      ...arrivals.flatMap(exhausted),
    )
  } else reasons.push(...arrivals.flatMap(short))
  if (generator && generator.looked >= MIN_LOOKED_SECONDS && generator.saturated > generator.looked / 2)
    reasons.push(
      `k6 had no CPU left for ${percent(generator.saturated / generator.looked)} % of the judged time: the generator, not the target, was the limit. Take a larger machine, or less load`,
    )
  else if (generator && isCrowded(generator) && generator.late > MAX_LATE_MS)
    reasons.push(
      `${crowdedText(generator)}: whatever ran on it waited for ${generator.late} ms each time, so that no timing can be believed. End what else runs there, or take another machine`,
    )
  if (Math.abs(clockShift) > MAX_SHIFT_MS)
    reasons.push(
      `the clock of this machine jumped by ${seconds(clockShift)} during the run (it was set, or the machine slept): times cannot be believed`,
    )
  // Whatever ended a run before its time has its own exit code, but for a k6 that just stopped.
  if (k6 === 0) reasons.push(...new Set(phases.flatMap(cutShort)))
  return reasons
}

/** Why a pass of a run cannot be believed whose level was still changing; what failed has failed all the same. */
export function unsteady({ steadiness }: Doubtful): string | undefined {
  return steadiness?.never === true && Math.abs(steadiness.drift) >= MIN_DRIFT
    ? `the judged phase never became steady: its level changed by ${signed(steadiness.drift)} % from its third quarter to its last. Warm up for longer, or look for what grows`
    : undefined
}

/** What deserves attention and changes no verdict, the most important first. */
export function notesOf(facts: Doubtful, invalid: boolean): string[] {
  const { k6, iterations, grown = 0, phases = [], steadiness, skew = 0, generator } = facts
  const dropped = starved(facts)
  const notes: string[] = []
  if (dropped > 0 && dropped <= (iterations + dropped) * MAX_DROPPED_SHARE + grown)
    notes.push(`${dropped} of ${iterations + dropped} iterations were dropped for want of VUs`)
  if (k6 !== 0 && !invalid) notes.push(...new Set(phases.flatMap(cutShort)))
  if (steadiness?.never === true && !invalid)
    notes.push(
      `the judged phase may not have been steady: its level changed by ${signed(steadiness.drift)} % from its third quarter to its last`,
    )
  // Before all others: one of the two clocks is wrong.
  if (Math.abs(skew) > MAX_SKEW_MS)
    notes.unshift(
      `the target's clock is ${seconds(skew)} ${skew > 0 ? 'ahead of' : 'behind'} this machine's: its logs and traces have other times${Math.abs(skew) > FAR_SKEW_MS ? ', and tokens, cookies and certificates may be too old or too new for one of them. Set the clock that is wrong' : ''}`,
    )
  if (generator && !invalid && isCrowded(generator) && generator.saturated <= generator.looked / 2)
    notes.unshift(`${crowdedText(generator)}: times may be longer than the target’s own`)
  const few = [...new Set(facts.thresholds.flatMap((one) => fewSamples(one, facts.samples ?? {})))]
  if (few.length > 0) {
    const more = few.length > MAX_NAMED ? [`${few.length - MAX_NAMED} more`] : []
    notes.push(
      `quantiles of few samples say no more than their maximum: ${[...few.slice(0, MAX_NAMED), ...more].join(', ')}`,
    )
  }
  return notes
}

/** Whether the machine was full for most of the judged time, and k6 was not the one that filled it. */
const isCrowded = ({ looked, full, saturated }: Generator): boolean =>
  looked >= MIN_LOOKED_SECONDS && full - saturated > looked / 2

const crowdedText = ({ looked, full, k6 }: Generator): string =>
  `this machine had no CPU left for ${percent(full / looked)} % of the judged time, and k6 used ${percent(k6)} % of it: other programs took the rest`

/** Iterations for which no VU was free. */
const starved = ({ dropped, endedEarly = [] }: Doubtful): number =>
  Math.max(0, dropped - endedEarly.reduce((sum, one) => sum + one.dropped, 0))

function cutByTime({ scenario, maxDuration, planned, dropped }: EndedEarly): string {
  return `scenario ${scenario} was ended by its maxDuration (${maxDuration}) after ${planned - dropped} of ${planned} iterations: raise maxDuration, or ask for fewer`
}

function exhausted({ scenario, dropped, vus }: Arrivals): string[] {
  if (dropped === 0) return []
  return [
    `scenario ${scenario} dropped ${dropped}: none of its VUs was free (${vus} at most). Raise \`lasts\` of its journey, the seconds of an iteration, from which VUs follow; or the target was too slow for its rate`,
  ]
}

function short({ scenario, planned, started, dropped }: Arrivals): string[] {
  const missing = planned - started - dropped
  if (started >= planned * MIN_STARTED_SHARE || missing <= MAX_MISSING) return []
  return [
    `scenario ${scenario} started ${started} of the ${Math.round(planned)} iterations that its rate asks for in the judged phases (${percent(started / planned)} %): the generator did not keep up`,
  ]
}

function cutShort({ phase, planned, ran }: { phase: string; planned: number; ran: number }): string[] {
  if (ran >= planned * MIN_RUN_SHARE) return []
  return [
    ran <= 0
      ? `the judged phase ${phase} was never reached`
      : `the judged phase ${phase} was cut short: ${seconds(ran)} of ${seconds(planned)}`,
  ]
}

function fewSamples(
  { metric, threshold }: ThresholdResult,
  samples: Readonly<Record<string, number>>,
): string[] {
  const quantile = /^\s*p\(([\d.]+)\)/.exec(threshold)?.[1]
  const count = samples[metric] ?? 0
  if (quantile === undefined || count === 0 || count * (1 - Number(quantile) / 100) >= 1) return []
  return [`p(${quantile}) of ${count} ${metric}`]
}

const percent = (share: number): string => (share * 100).toFixed(share < 0.1 ? 1 : 0)
const signed = (share: number): string => `${share > 0 ? '+' : ''}${Math.round(share * 100)}`
const seconds = (ms: number): string => `${Math.round(Math.abs(ms) / 100) / 10} s`

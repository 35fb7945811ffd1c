import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import type { ThresholdResult } from '../../k6/index.ts'
import { ITERATIONS, JOURNEYS, series, SIGNALS, STEPS, type Store } from '../../record/index.ts'
import { MIN_SHARE } from './evidence.ts'

/** The time that a step took in all, in the judged phases. */
export interface StepTime {
  readonly journey: string
  readonly step: string
  /** Seconds, over all iterations. */
  readonly seconds: number
}

/** The time of each outer step, from the recorder; in the judged phases, or in the complete run if there are none. */
export function stepTimes(store: Store, judged: readonly string[]): StepTime[] {
  const times = new Map<string, { journey: string; step: string; seconds: number }>()
  for (const one of series(store, STEPS.trend, judged.length > 0 ? { phase: judged } : {})) {
    const { journey = '', step = '', group = '' } = one.labels
    // A step inside another one is part of that one's time.
    if (one.kind !== 'histogram' || step === '' || group.split('::').length > 2) continue
    const key = JSON.stringify([journey, step])
    const known = times.get(key) ?? { journey, step, seconds: 0 }
    known.seconds += one.histogram.sum
    times.set(key, known)
  }
  return [...times.values()]
}

/** Metrics of time that a slow step explains. */
const TIMES: ReadonlySet<string> = new Set([
  ...[...SIGNALS, STEPS, JOURNEYS, ITERATIONS].flatMap(({ trend }) => trend ?? []),
  'http_req_waiting',
])

/** For each threshold on a time that was crossed: the one step in which nearly all of that time was spent, if there is one. */
export function slowSteps(thresholds: readonly ThresholdResult[], times: readonly StepTime[]): string[] {
  const sentences = thresholds.flatMap(({ metric, threshold, result, value }) => {
    if (result !== 'fail' || value === undefined || !TIMES.has(parseThresholdKey(metric)?.metric ?? ''))
      return []
    const journey = /[{,]\s*journey:([^,}]+)/.exec(metric)?.[1]
    const inside = times.filter((one) => journey === undefined || one.journey === journey)
    const all = inside.reduce((sum, { seconds }) => sum + seconds, 0)
    const slowest = inside.toSorted((a, b) => b.seconds - a.seconds)[0]
    if (!slowest || inside.length < 2 || slowest.seconds < all * MIN_SHARE) return []
    const share = Math.floor((slowest.seconds / all) * 100)
    const where = journey === undefined ? `${slowest.journey} › ${slowest.step}` : slowest.step
    const of = journey === undefined ? 'all journeys' : `journey ${journey}`
    return [`${aggregation(threshold)} of ${of} is ${time(value)}: ${share} % of it is in step ${where}`]
  })
  // Several limits of one journey have one reason.
  const reasons = new Map(
    sentences.map((sentence) => [
      sentence.replace(/^.* of (?=(journey |all ))/, '').replace(/ is .*: /, ' '),
      sentence,
    ]),
  )
  return [...reasons.values()]
}

const aggregation = (threshold: string): string =>
  /^\s*([a-z]+(?:\([\d.]+\))?)/.exec(threshold)?.[1] ?? 'the time'

const time = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`)

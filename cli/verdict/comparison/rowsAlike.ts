import { CALLS, JOURNEYS, REQUESTS, STEPS } from '../../record/index.ts'
import { deviation, median, rootMeanSquare } from '../statistics/robust.ts'
import type { RowSubject } from './row.ts'
import type { Views } from './views.ts'

/** The noise that rows like one have in common, in each view; undefined where they are too few to tell it. */
export type NoiseOfAlike = (subject: RowSubject, view: keyof Views) => number | undefined

/** Rows without which nothing is known of rows like them. */
const LEAST_ROWS = 4
/** So many times the median noise of rows alike is that of another kind: it says nothing of the others. */
const OUTLYING = 2.5

/**
 * What rows of one quantity and kind have in common: the root mean square of their noises, without those that are far
 * noisier than most, such as an own metric of few distinct values. Where a kind has too few rows, that of all kinds.
 */
export function noiseOfAlike(
  rows: readonly { readonly subject: RowSubject; readonly views: Views }[],
): NoiseOfAlike {
  const noises = new Map<string, number[]>()
  for (const { subject, views } of rows)
    for (const view of ['whole', 'beside'] as const) {
      const { base = [] } = views[view] ?? {}
      if (base.length === 0 || base.some((value) => value <= 0)) continue
      const noise = deviation(base.map(Math.log))
      for (const kind of kindsOf(subject)) {
        const key = keyOf(subject, kind, view)
        noises.set(key, [...(noises.get(key) ?? []), noise])
      }
    }
  const common = new Map([...noises].map(([key, all]) => [key, commonOf(all)]))
  return (subject, view) =>
    kindsOf(subject)
      .map((kind) => common.get(keyOf(subject, kind, view)))
      .find((noise) => noise !== undefined)
}

function commonOf(noises: readonly number[]): number | undefined {
  if (noises.length < LEAST_ROWS) return undefined
  const most = OUTLYING * median(noises)
  return rootMeanSquare(noises.filter((noise) => noise <= most))
}

const keyOf = ({ quantity }: RowSubject, kind: string, view: string): string => `${kind} ${quantity} ${view}`

const ALL = 'all'
const TIMES: readonly string[] = [STEPS.trend, JOURNEYS.trend, REQUESTS.trend, CALLS.trend]

/** Regions are judged beside one another, of which nothing else tells the noise. */
const kindsOf = (subject: RowSubject): string[] =>
  subject.region === undefined ? [kindOf(subject), ALL] : ['regions']

/** Times of places, Web Vitals and an author's own metrics differ in how noisy they are. */
function kindOf({ metric }: RowSubject): string {
  if (TIMES.includes(metric)) return 'times'
  return metric.startsWith('browser_') ? 'browser' : 'own'
}

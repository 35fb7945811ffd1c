import { seconds } from '../../../config/workload/shape.ts'
import type { K6Threshold } from '../../../config/thresholds/thresholds.ts'
import type { Manifest, Store } from '../../record/index.ts'
import { thresholdsSoFar } from '../../verdict/index.ts'

/** A threshold that can end a run, and how long it must not (seconds). */
interface Aborting {
  key: string
  threshold: string
  delay: number
}

/** Milliseconds between two judgements: k6's own. */
const INTERVAL_MS = 2000

/** The thresholds that can end a run. */
export const abortingIn = (thresholds: Readonly<Record<string, readonly K6Threshold[]>>): Aborting[] =>
  Object.entries(thresholds).flatMap(([key, list]) =>
    list.flatMap((one) =>
      typeof one === 'object' && one.abortOnFail === true
        ? [{ key, threshold: one.threshold, delay: delayOf(one.delayAbortEval) }]
        : [],
    ),
  )

/** k6 takes a number for milliseconds. */
const delayOf = (given: string | number | null = 0): number =>
  typeof given === 'string' ? seconds(given) : (given ?? 0) / 1000

/** The metrics of thresholds that end a run after so many seconds, by what all instances have pushed. */
export function crossedBy(
  store: Store,
  aborting: readonly Aborting[],
  own: Manifest['own'],
  elapsed: number,
): string[] {
  const due = aborting.filter(({ delay }) => elapsed >= delay)
  return due
    .filter(({ key, threshold }) =>
      thresholdsSoFar(store, { thresholds: { [key]: [threshold] }, own }, elapsed).some(
        ({ result }) => result === 'fail',
      ),
    )
    .map(({ key }) => key)
}

/**
 * Judges the thresholds that can end a run while it lasts, over all instances, as k6 does of its own: one without samples
 * ends nothing. `abort` gets k6's own sentence, once.
 */
export function judgeWhileRunning(
  store: Store,
  thresholds: Readonly<Record<string, readonly K6Threshold[]>>,
  own: Manifest['own'],
  abort: (sentence: string) => void,
): { stop: () => void } {
  const aborting = abortingIn(thresholds)
  const began = performance.now()
  const timer = setInterval(() => {
    const crossed = crossedBy(store, aborting, own, (performance.now() - began) / 1000)
    if (crossed.length === 0) return
    clearInterval(timer)
    abort(
      `thresholds on metrics '${crossed.join(', ')}' were crossed; at least one has abortOnFail enabled, stopping test prematurely`,
    )
  }, INTERVAL_MS)
  timer.unref()
  if (aborting.length === 0) clearInterval(timer)
  return { stop: () => clearInterval(timer) }
}

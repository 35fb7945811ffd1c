import { plural } from '../../base/index.ts'
import { MAX_PLACES, placeKey, type MeasuredRun } from '../../record/index.ts'

/** Places of a metric that were not kept, by the metric: of several runs the most. */
export function cutIn(runs: readonly MeasuredRun[]): Readonly<Record<string, number>> {
  const most = new Map<string, number>()
  for (const { cut = {} } of runs)
    for (const [metric, count] of Object.entries(cut))
      most.set(metric, Math.max(count, most.get(metric) ?? 0))
  return Object.fromEntries(most)
}

/** A run without the places that another one may have had, and that were not kept of it: they did not vanish. */
export function withoutCut(run: MeasuredRun, { cut, measurements }: MeasuredRun): MeasuredRun {
  if (cut === undefined) return run
  const kept = new Set(measurements.map(placeKey))
  return {
    ...run,
    measurements: run.measurements.filter((one) => cut[one.metric] === undefined || kept.has(placeKey(one))),
  }
}

/** `23 places of http_req_duration are not compared: only the 100 with most samples are`. */
export const cutText = (metric: string, left: number): string =>
  `${plural(left, 'place')} of ${metric} ${left === 1 ? 'is' : 'are'} not compared: only the ${MAX_PLACES} with most samples are`

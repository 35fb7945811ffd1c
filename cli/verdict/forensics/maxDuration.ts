import type { Shape } from '../../../config/workload/shape.ts'
import { ITERATIONS, series, total, type Store } from '../../record/index.ts'

/** A scenario with a number of iterations that its `maxDuration` ended before all of them had begun. */
export interface EndedEarly {
  readonly scenario: string
  readonly maxDuration: string
  readonly planned: number
  /** Iterations that k6 dropped at that time. */
  readonly dropped: number
}

/** k6's own, where a scenario names none. */
const USUAL = '10m'

/** Iterations that a scenario is to run in all; undefined where it runs for a time. */
export function plannedIterations({ executor, iterations = 1, vus = 1 }: Shape): number | undefined {
  if (executor === 'shared-iterations') return iterations
  return executor === 'per-vu-iterations' ? vus * iterations : undefined
}

/** Scenarios that ran for as long as they may: all of their VUs were there, so nothing was dropped for want of one. */
export function endedEarly(
  store: Store,
  scenarios: Readonly<Record<string, Shape>>,
  dropped: number,
): EndedEarly[] {
  const recorded = series(store, ITERATIONS.all.metric).length > 0
  const counted = Object.entries(scenarios).flatMap(([scenario, shape]) => {
    const planned = plannedIterations(shape)
    return planned === undefined ? [] : [{ scenario, maxDuration: shape.maxDuration ?? USUAL, planned }]
  })
  // Without a record, one such scenario alone is told by k6's sum.
  const of = (scenario: string): number =>
    recorded ? total(store, 'dropped_iterations', { scenario }) : counted.length === 1 ? dropped : 0
  return counted.map((one) => ({ ...one, dropped: of(one.scenario) })).filter((one) => one.dropped > 0)
}

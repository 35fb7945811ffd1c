import type { Phase } from '../../../config/workload/phases.ts'
import { isOpen, seconds, type Shape } from '../../../config/workload/shape.ts'

/** A scenario of the open model: what was planned for its judged phases, and what came of it. */
export interface Arrivals {
  readonly scenario: string
  /** Iterations that were to start, and that did. */
  readonly planned: number
  readonly started: number
  /** Iterations of the run that were dropped because no VU was free, and the highest number of VUs. */
  readonly dropped: number
  readonly vus: number
}

/**
 * Iterations that a scenario of the open model was to start in its judged phases, as far as they lie before `ran`
 * (seconds since load began); undefined for one of the closed model, which promises no rate.
 */
export function plannedIn(shape: Shape, phases: readonly Phase[], ran: number): number | undefined {
  if (!isOpen(shape)) return undefined
  const begins = seconds(shape.startTime)
  let planned = 0
  let from = begins
  for (const { lasts, judged } of phases) {
    const to = Math.min(from + lasts / 1000, ran)
    if (judged && to > from) planned += area(shape, from - begins, to - begins)
    from += lasts / 1000
  }
  return planned
}

/** Iterations of an open scenario between two times (seconds since it began): the area under its rate. */
export function area(shape: Shape, from: number, to: number): number {
  const unit = seconds(shape.timeUnit ?? '1s')
  const {
    rate = 0,
    startRate = rate,
    stages = [{ duration: shape.duration ?? '0s', target: startRate }],
  } = shape
  let [sum, begins, level] = [0, 0, startRate]
  for (const { duration, target } of stages) {
    const lasts = seconds(duration)
    const at = (time: number): number =>
      lasts === 0 ? target : level + ((target - level) * (time - begins)) / lasts
    const [start, end] = [Math.max(from, begins), Math.min(to, begins + lasts)]
    if (end > start) sum += ((at(start) + at(end)) / 2) * (end - start)
    begins += lasts
    level = target
  }
  return sum / unit
}

import { sum } from '../../../config/sum.ts'
import { isOpen, peak, seconds, type Shape } from '../../../config/workload/shape.ts'
import { area } from '../forensics/arrivals.ts'
import { plannedIterations } from '../forensics/maxDuration.ts'

type Scenarios = Readonly<Record<string, Shape>>

/** Executors that go on for a time, whatever the target does. */
const TIMED: readonly string[] = [
  ...['constant-vus', 'ramping-vus', 'constant-arrival-rate', 'ramping-arrival-rate'],
]

/**
 * The seconds from the first to the last of a load that each of so many instances has at least: where scenarios have a
 * number of iterations, nobody knows. 0 where none lasts for a time.
 */
export function leastSeconds(scenarios: Scenarios, instances: number): number {
  const stretches = Object.values(scenarios)
    .filter(({ executor }) => TIMED.includes(executor))
    .map((shape) => stretchOf(shape, instances))
  if (stretches.length === 0) return 0
  return Math.max(...stretches.map(([, to]) => to)) - Math.min(...stretches.map(([from]) => from))
}

/** When a scenario has a VU for each instance, seconds from the load's beginning. */
function stretchOf(shape: Shape, instances: number): [number, number] {
  const begins = seconds(shape.startTime)
  const { stages, startVUs = 1 } = shape
  if (shape.executor !== 'ramping-vus' || stages === undefined) return [begins, peak(shape).seconds]
  const least = Math.min(instances, peak(shape).vus)
  const levels = [startVUs, ...stages.map(({ target }) => target)]
  const times = levels.map(
    (_, index) => begins + sum(stages.slice(0, index).map((one) => seconds(one.duration))),
  )
  const isThere = (level: number): boolean => level >= least
  return [times[levels.findIndex(isThere)] ?? begins, times[levels.findLastIndex(isThere)] ?? begins]
}

/** What instances made together, beside what the plan has. */
export interface UnlikePlan {
  readonly what: 'VUs' | 'iterations'
  readonly seen: number
  readonly planned: number
}

/** By which share what is there may differ from what is planned: parts of a load are rounded. */
const VUS_OFF = 0.05
const ITERATIONS_OFF = 0.1
/** Iterations that may be more at any rate. */
const MAX_MORE = 10

/**
 * Where several k6 together had other VUs than their load has, or began more iterations: some were missing, or made the
 * same part. `vus` are those that they made, all together, `iterations` those that ended, `begun` those that began or were
 * dropped, where somebody counted them.
 */
export function unlikePlan(
  scenarios: Scenarios,
  { vus, iterations, begun }: { vus: number | undefined; iterations: number; begun: number | undefined },
): UnlikePlan | undefined {
  const shapes = Object.values(scenarios)
  if (shapes.length === 0 || shapes.some(({ executor }) => executor === 'externally-controlled'))
    return undefined
  const [least, most] = [leastVus(shapes), sum(shapes.map((shape) => peak(shape).vus))]
  if (vus !== undefined && vus < least * (1 - VUS_OFF)) return { what: 'VUs', seen: vus, planned: least }
  if (vus !== undefined && vus > most * (1 + VUS_OFF)) return { what: 'VUs', seen: vus, planned: most }
  const counts = shapes.map(mostIterations)
  if (counts.includes(undefined)) return undefined
  const planned = Math.round(sum(counts.map((count) => count ?? 0)))
  const isMore = iterations > planned * (1 + ITERATIONS_OFF) + MAX_MORE
  const isFixed = shapes.every((shape) => !isOpen(shape))
  if (isFixed && begun !== undefined && begun < planned * (1 - ITERATIONS_OFF))
    return { what: 'iterations', seen: begun, planned }
  return isMore ? { what: 'iterations', seen: iterations, planned } : undefined
}

/** VUs that k6 makes at least before it begins: those of scenarios that are there together, and do not change. */
function leastVus(shapes: readonly Shape[]): number {
  const begins = shapes.map(({ startTime }) => seconds(startTime))
  const steady = shapes.filter(({ executor }) => executor !== 'ramping-vus')
  const at = (time: number): number =>
    sum(steady.filter((one) => seconds(one.startTime) <= time && peak(one).seconds > time).map(madeBy))
  return Math.max(...begins.map(at), ...shapes.map(madeBy))
}

/** VUs that k6 makes for a scenario before it begins. */
const madeBy = (shape: Shape): number =>
  isOpen(shape)
    ? (shape.preAllocatedVUs ?? 1)
    : shape.executor === 'shared-iterations'
      ? Math.min(shape.vus ?? 1, shape.iterations ?? 1)
      : peak(shape).vus

/** Iterations that a scenario has at most; undefined where the target decides it. */
const mostIterations = (shape: Shape): number | undefined =>
  isOpen(shape) ? area(shape, 0, Infinity) : plannedIterations(shape)

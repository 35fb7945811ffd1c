import { isOpen, peak, seconds, type Shape } from '../../config/workload/shape.ts'
import { plural } from '../base/index.ts'
import type { IterationWalk, Manifest } from '../record/index.ts'

/** What a run would send at most: VUs and iterations per second at the peak, requests in all, seconds. */
export interface Estimate {
  vus: number
  /** Iterations per second at the peak of all scenarios together. */
  rate: number
  /** Iterations and requests in all, as far as a journey's walk without a target tells; a quick target takes this many. */
  iterations: number
  requests: number
  seconds: number
  /** How far iterations and requests are known: those of the journey that is known least. */
  known: IterationWalk['known']
}

/** From the best known on. */
const KNOWN = ['walked', 'least', 'unknown'] as const

/** Seconds that an iteration takes at least in an estimate, where its journey does not think at all. */
export const LEAST_SECONDS = 0.01

/** What a run of a suite would send, from its options and from what its iterations do. */
export function estimate({ options, iteration }: Pick<Manifest, 'options' | 'iteration'>): Estimate {
  const none: IterationWalk = { requests: 0, http: false, seconds: 0, known: 'walked' }
  const each = Object.entries(options.scenarios).map(([name, shape]): Estimate => {
    const { requests, seconds: lasts, known: walked } = iteration[name] ?? none
    // Without think time the target alone decides how often a user starts again.
    const known = lasts < LEAST_SECONDS && isTimed(shape) ? 'unknown' : walked
    const { vus, rate, seconds: runs } = peak(shape)
    const started = startedBy(shape, Math.max(lasts, LEAST_SECONDS))
    const ratePeak = isOpen(shape) ? rate : vus / Math.max(lasts, LEAST_SECONDS)
    return { vus, rate: ratePeak, iterations: started, requests: started * requests, seconds: runs, known }
  })
  const sum = (of: Exclude<keyof Estimate, 'known'>): number =>
    each.reduce((total, one) => total + one[of], 0)
  return {
    vus: sum('vus'),
    rate: Math.round(sum('rate') * 100) / 100,
    iterations: Math.round(sum('iterations')),
    requests: Math.round(sum('requests')),
    seconds: Math.round(Math.max(0, ...each.map(({ seconds }) => seconds))),
    known: KNOWN.findLast((known) => each.some((one) => one.known === known)) ?? 'walked',
  }
}

/** Whether users start again and again until the time is over. */
export const isTimed = (shape: Shape): boolean => !isOpen(shape) && !shape.executor.endsWith('iterations')

/** A scale beside the rates that it made: `, at scale 0.5`; nothing where sizes are as the suite gives them. */
export const scaleText = (scale: number | undefined): string =>
  scale === undefined || scale === 1 ? '' : `, at scale ${scale}`

/** The estimate as one line, with what is not known before a target answers, and the scale that rates were made by. */
export function estimateText(
  { vus, rate, iterations, requests, seconds, known }: Estimate,
  scale?: number,
): string {
  if (known === 'unknown')
    return `at most ${plural(vus, 'VU')} in ${seconds} s${scaleText(scale)}; how many iterations and requests is unknown: the target’s answers decide`
  const asked = known === 'least' ? `at least ${requests}` : String(requests)
  return `at most ${plural(vus, 'VU')}, ${rate} iterations/s${scaleText(scale)}; about ${iterations} iterations and ${asked} requests in ${seconds} s`
}

/** Iterations that a scenario starts in all, where each lasts so many seconds. */
export function startedBy(shape: Shape, lasts: number): number {
  const { executor, iterations = 1, vus = 1 } = shape
  if (executor === 'shared-iterations') return iterations
  if (executor === 'per-vu-iterations') return vus * iterations
  const { rate, startRate = 0, startVUs = vus, duration, stages = [] } = shape
  const unit = isOpen(shape) ? seconds(shape.timeUnit ?? '1s') : lasts
  let level = isOpen(shape) ? (rate ?? startRate) : startVUs
  let area = stages.length > 0 ? 0 : level * seconds(duration ?? '0s')
  for (const { target, duration } of stages) {
    area += ((level + target) / 2) * seconds(duration)
    level = target
  }
  return area / unit
}

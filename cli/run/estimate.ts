import { isOpen, peak, seconds, type Shape } from '../../config/index.ts'
import type { Manifest } from '../build/manifest.ts'

/** What a run would send at most: VUs and iterations per second at the peak, requests in all, seconds. */
export interface Estimate {
  vus: number
  /** Iterations per second at the peak of all scenarios together. */
  rate: number
  /** Iterations and requests in all, as far as a journey's walk without a target tells; a quick target takes this many. */
  iterations: number
  requests: number
  seconds: number
}

/** Seconds that an iteration takes at least in an estimate, where its journey does not think at all. */
const LEAST_SECONDS = 0.01

/** What a run of a suite would send, from its options and from what its iterations do. */
export function estimate({ options, iteration }: Pick<Manifest, 'options' | 'iteration'>): Estimate {
  const each = Object.entries(options.scenarios).map(([name, shape]): Estimate => {
    const { requests, seconds: lasts } = iteration[name] ?? { requests: 0, seconds: 0 }
    const { vus, rate, seconds: runs } = peak(shape)
    const started = startedBy(shape, Math.max(lasts, LEAST_SECONDS))
    const ratePeak = isOpen(shape) ? rate : vus / Math.max(lasts, LEAST_SECONDS)
    return { vus, rate: ratePeak, iterations: started, requests: started * requests, seconds: runs }
  })
  const sum = (of: keyof Estimate): number => each.reduce((total, one) => total + one[of], 0)
  return {
    vus: sum('vus'),
    rate: Math.round(sum('rate') * 100) / 100,
    iterations: Math.round(sum('iterations')),
    requests: Math.round(sum('requests')),
    seconds: Math.round(Math.max(0, ...each.map(({ seconds }) => seconds))),
  }
}

/** The estimate as one line. */
export function estimateText({ vus, rate, iterations, requests, seconds }: Estimate): string {
  return `at most ${vus} VUs, ${rate} iterations/s; about ${iterations} iterations and ${requests} requests in ${seconds} s`
}

function startedBy(shape: Shape, lasts: number): number {
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

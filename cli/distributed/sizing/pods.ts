import { estimate, type Plan } from '../../project/index.ts'

/** What one runner of several has to do at most. */
export interface RunnerLoad {
  readonly vus: number
  /** Requests per second, as far as a walk without a target tells. */
  readonly requests: number
}

/** What a pod asks of its node, and what it may take, as Kubernetes writes quantities. */
export interface Resources {
  readonly requests: Readonly<Record<'cpu' | 'memory', string>>
  readonly limits: Readonly<Record<'cpu' | 'memory', string>>
}

/** What one runner is to carry, by which the number of runners is chosen where nobody gives one. */
const USUAL = { vus: 500, requests: 1000 }
/** Memory of a k6 without VUs, and of a VU with a suite's bundle, MiB; a VU's may grow while it runs. */
const MEMORY = { base: 128, vu: 2, growth: 2 }
/** Milliseconds of CPU for a request with its journey's signals, on a slow core. */
const REQUEST_CPU_MS = 0.5

/** What each of so many runners has to do. */
export function runnerLoad({ manifest }: Pick<Plan, 'manifest'>, runners: number): RunnerLoad {
  const { vus, rate, iterations, requests } = estimate(manifest)
  const each = iterations > 0 ? requests / iterations : 0
  return { vus: Math.ceil(vus / runners), requests: Math.ceil((rate * each) / runners) }
}

/** How many runners a load needs. */
export function runnersFor(plan: Pick<Plan, 'manifest'>): number {
  const { vus, requests } = runnerLoad(plan, 1)
  return Math.max(1, Math.ceil(vus / USUAL.vus), Math.ceil(requests / USUAL.requests))
}

/** What a runner with such a load asks for: whole quarters of a core, and room for its garbage collection. */
export function runnerResources({ vus, requests }: RunnerLoad): Resources {
  const quarters = Math.max(1, Math.ceil((requests * REQUEST_CPU_MS) / 250))
  const memory = MEMORY.base + vus * MEMORY.vu
  return {
    requests: { cpu: `${quarters * 250}m`, memory: `${memory}Mi` },
    // A limit that k6 touches shows as slow answers: it is far away, and whole, since k6 takes as many threads.
    limits: { cpu: String(Math.max(2, quarters)), memory: `${memory * MEMORY.growth}Mi` },
  }
}

/** What a collector of so many runners asks for. */
export const collectorResources = (runners: number): Resources => ({
  requests: { cpu: `${100 + 20 * runners}m`, memory: `${192 + 16 * runners}Mi` },
  limits: { cpu: '2', memory: `${512 + 32 * runners}Mi` },
})

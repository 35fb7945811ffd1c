import { sleep } from 'k6'

/** The load of every script here: ITERATIONS between four VUs, or CROWD VUs for a few seconds. */
export function shape() {
  return __ENV.CROWD
    ? { executor: 'constant-vus' as const, vus: Number(__ENV.CROWD), duration: '4s', gracefulStop: '2s' }
    : {
        executor: 'shared-iterations' as const,
        vus: 4,
        iterations: Number(__ENV.ITERATIONS ?? 100),
        maxDuration: '5m',
      }
}

/** A crowd is idle most of the time, as people are. */
export function pause(): void {
  if (__ENV.CROWD) sleep(1)
}

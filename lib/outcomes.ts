import type { CATALOG } from './catalog.ts'
import { deferred } from './deferred/index.ts'
import { Counter, Rate } from './k6.ts'

type Own = keyof typeof CATALOG

/** What is counted by name of which k6 does not know whether it failed: how many, how many failed, and their share. */
interface Outcomes {
  readonly all: Own
  readonly failed: Own
  readonly share: Own
}

/**
 * Gives what counts one by its name. Called by a door's own module, which a bundle has where something in it uses the door,
 * wherever its client is made: the environment's SLOs on the share judge those suites alone.
 */
export const outcomes = ({ all, failed, share }: Outcomes) => {
  if (__VU === 0) delete deferred().silent[share]
  const [counter, failures, rate] = [new Counter(all), new Counter(failed), new Rate(share)]
  return {
    count(name: string, hasFailed: boolean): void {
      const tags = { name }
      counter.add(1, tags)
      if (hasFailed) failures.add(1, tags)
      rate.add(hasFailed, tags)
    },
  }
}

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

/** Gives what counts one by its name; the environment's SLOs on the share judge suites that call `speak` alone. */
export const outcomes = ({ all, failed, share }: Outcomes) => {
  const [counter, failures, rate] = [new Counter(all), new Counter(failed), new Rate(share)]
  return {
    count(name: string, hasFailed: boolean): void {
      const tags = { name }
      counter.add(1, tags)
      if (hasFailed) failures.add(1, tags)
      rate.add(hasFailed, tags)
    },
    /** Says, at init, that the suite has some. */
    speak(): void {
      if (__VU === 0) delete deferred().silent[share]
    },
  }
}

import type { PerSecond } from '../../record/index.ts'
import { UserError } from '../../base/index.ts'
import { total } from './total.ts'

const DAY_SECONDS = 86_400
/** A log of more days is not replayed: its seconds would fill memory. */
const MAX_DAYS = 100

/** How many requests each second had. */
export interface Seconds {
  add(at: number): void
  /** The counts from the first second to the last. */
  counts(): Uint32Array
}

/** No request yet. `add` throws UserError where the requests are of more days than fit into memory. */
export function createSeconds(): Seconds {
  const days = new Map<number, Uint32Array>()
  return {
    add(at) {
      const second = Math.floor(at / 1000)
      const day = Math.floor(second / DAY_SECONDS)
      let counts = days.get(day)
      if (counts === undefined) {
        if (days.size >= MAX_DAYS)
          throw new UserError(`the log has requests of more than ${MAX_DAYS} days: import a part of it`)
        days.set(day, (counts = new Uint32Array(DAY_SECONDS)))
      }
      const place = second - day * DAY_SECONDS
      counts[place] = (counts[place] ?? 0) + 1
    },
    counts() {
      const known = [...days.keys()]
      const [from, to] = [Math.min(...known), Math.max(...known)]
      if (known.length === 0) return new Uint32Array()
      if (to - from >= MAX_DAYS)
        throw new UserError(
          `the log goes from ${dateOf(from)} to ${dateOf(to)}; allowed: ${MAX_DAYS} days: import a part of it`,
        )
      const all = new Uint32Array((to - from + 1) * DAY_SECONDS)
      for (const [day, counts] of days) all.set(counts, (day - from) * DAY_SECONDS)
      return all.subarray(
        all.findIndex((count) => count > 0),
        all.findLastIndex((count) => count > 0) + 1,
      )
    },
  }
}

const dateOf = (day: number): string => new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10)

/** The mean of counts or rates, and how many requests the busiest seconds or steps have. */
export function perSecondOf(counts: Uint32Array | Float64Array): PerSecond {
  const sorted = counts.toSorted()
  const at = (part: number): number =>
    rounded(sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0)
  return {
    mean: rounded(total(counts) / counts.length),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
  }
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000

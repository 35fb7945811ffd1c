import { active } from './active.ts'
import type { RunOptions } from './run.ts'
import type { Recording } from './types.ts'

/**
 * Runs a journey, or any function k6 would call, as VU code in the active double, and gives what it did.
 * Time is virtual meanwhile: `Date`, timers, `sleep` and answers never wait; `console` is recorded.
 * Rejects with the first error the function threw, unless `onError: 'record'`.
 *
 * @example
 * const seen = await rehearse(checkout, { respond: ({ url }) => ({ status: url.endsWith('/cart') ? 200 : 404 }) })
 * expect(seen.checks.every(({ ok }) => ok)).toBe(true)
 */
export function rehearse(entry: (data?: unknown) => unknown, options?: RunOptions): Promise<Recording> {
  return active().run(entry, options)
}

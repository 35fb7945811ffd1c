import { active } from './active.ts'
import type { RunOptions } from './run.ts'
import type { Recording, Sample } from './types.ts'

/** A step of a journey, as it ended. */
export interface RehearsedStep {
  name: string
  /** Whether it reached its end. */
  ok: boolean
  /** Milliseconds of virtual time. */
  duration: number
}

/** What a function did that was rehearsed. */
export interface Rehearsal extends Recording {
  /** In the order in which they ended. */
  steps: RehearsedStep[]
}

/**
 * Runs a journey, or any function k6 would call, as VU code in the active double, and gives what it did.
 * Time is virtual meanwhile: `Date`, timers, `sleep` and answers never wait; `console` is recorded.
 * Rejects with the first error the function threw, unless `onError: 'record'`.
 *
 * @example
 * const seen = await rehearse(checkout, { respond: ({ url }) => ({ status: url.endsWith('/cart') ? 200 : 404 }) })
 * expect(seen.checks.every(({ ok }) => ok)).toBe(true)
 */
export async function rehearse(entry: (data?: unknown) => unknown, options?: RunOptions): Promise<Rehearsal> {
  const seen = await active().run(entry, options)
  return { ...seen, steps: stepsOf(seen.samples) }
}

/** The steps that samples tell of: each ends with its duration, and then, if it came to its end, with a count. */
function stepsOf(samples: readonly Sample[]): RehearsedStep[] {
  const steps: RehearsedStep[] = []
  for (const { metric, value, tags } of samples) {
    const last = steps.at(-1)
    if (metric === 'group_duration' && tags.step !== undefined)
      steps.push({ name: tags.step, ok: false, duration: value })
    else if (metric === 'steps_completed' && last) last.ok = true
  }
  return steps
}

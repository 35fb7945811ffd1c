import type { TestState } from './state.ts'
import { waitOf } from './waits.ts'

/** Milliseconds between two lines of what is waited for. */
const EVERY_MS = 30_000

/** Says what changes of a test, each thing once, and every 30 s what it waits for. */
export function createTeller({
  test,
  count,
  total,
  waitMs,
  say,
}: {
  test: string
  count: number
  total: number
  waitMs: number
  say: (line: string) => void
}): (state: TestState, waitedMs: number, hasBegun: boolean) => void {
  const told = new Set<string>()
  const once = (line: string): void => {
    if (!told.has(line)) say(line)
    told.add(line)
  }
  let next = EVERY_MS
  return (state, waitedMs, hasBegun) => {
    const { stage, runners, initializer, starter } = state
    if (stage !== undefined && stage !== '') once(`${test}: ${stage}`)
    for (const [name, pending] of [
      ['the initializer', initializer?.pending],
      ['the starter', starter?.pending],
      ...runners.map((one) => [`runner ${one.id} of ${total}`, one.pending] as const),
    ] as const)
      if (pending !== undefined) once(`${name} is Pending: ${pending}`)
    const wait = waitOf(state, count, hasBegun)
    if (!wait || waitedMs < next) return
    next += EVERY_MS
    say(
      `waiting for ${wait.whom} for ${Math.round(waitedMs / 1000)} s (of ${waitMs / 1000} s, --wait): ${wait.hint}`,
    )
  }
}

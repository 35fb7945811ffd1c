/** Ends a journey that cannot go on; thrown by `ensure`, caught by the journey, never seen by k6. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned'
}

/** A request that was not sent because a single pass has used up TIME_BUDGET. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent'
}

/** A mistake in a journey: what was done, why it is wrong, what to write. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Whatever was thrown, as one line of at most 300 characters. */
export function reason(thrown: unknown): string {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return text.replace(/\s+/g, ' ').slice(0, 300)
}

/** Whether a value is a promise, without awaiting it. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

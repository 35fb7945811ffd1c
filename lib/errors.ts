/**
 * An error of ours: `Abandoned` ends a journey that cannot go on, `BudgetSpent` is a request that a single pass had no
 * time left to send, `UsageError` a mistake in a journey. Not classes: every VU would hold three.
 */
export const errorNamed = (
  message: string,
  name: 'Abandoned' | 'BudgetSpent' | 'UsageError' = 'UsageError',
): Error => Object.assign(new Error(message), { name })

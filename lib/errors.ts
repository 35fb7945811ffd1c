/**
 * An error of ours: `Abandoned` ends a journey that cannot go on, `BudgetSpent` is a request that a single pass had no
 * time left to send, `PageError` what a page in a browser told, `SocketError` and `CallError` a socket and a stream of gRPC
 * that failed, `UsageError` a mistake in a journey. Not classes: every VU would hold them.
 */
export const errorNamed = (
  message: string,
  name: 'Abandoned' | 'BudgetSpent' | 'CallError' | 'PageError' | 'SocketError' | 'UsageError' = 'UsageError',
): Error => Object.assign(new Error(message), { name })

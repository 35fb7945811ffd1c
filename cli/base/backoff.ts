/** How pauses between tries grow, in milliseconds. */
export interface Backoff {
  /** Before the second try; doubled before each further one. */
  readonly firstMs: number
  /** The longest pause, also of those that a server asks for. */
  readonly mostMs: number
}

/**
 * Milliseconds to wait after a number of failures, 1 for the first: what the server asked for, else twice as long each
 * time, of which chance takes up to a half, so that many clients do not come back at once.
 */
export function backoff({ firstMs, mostMs }: Backoff, failures: number, askedMs?: number): number {
  if (askedMs !== undefined) return Math.min(askedMs, mostMs)
  const longest = Math.min(mostMs, firstMs * 2 ** (failures - 1))
  return longest * (0.5 + Math.random() / 2)
}

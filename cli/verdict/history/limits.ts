/** From what on a history says that something changed; docs/history.md says why. */
export const HISTORY_LIMITS = {
  /** Runs with a figure of it without which nothing is said of a row. */
  runs: 10,
  /** Runs on each side of a change: one that lies apart is no new level. */
  side: 2,
  /** Runs of a window in which candidates are looked for; the next one begins in the middle of it. */
  window: 50,
  /** The chance of one wrong change or more in a whole history, all rows and runs considered. */
  alpha: 0.04,
  /** By how much weaker a candidate may be, before all candidates are weighed together. */
  weak: 10,
  /** Runs of a drift without which it cannot be told from a step. */
  drift: 8,
  /** Runs of one series that are read at most. */
  most: 500,
} as const

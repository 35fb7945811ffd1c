/** What an A/B test does unless told, and from when on it says something; docs/ab.md says why. */
export const PAIR_LIMITS = {
  /** Pairs that are declared beforehand. */
  pairs: 8,
  /** Fewer pairs tell nothing of noise; and more than these are a mistake. */
  least: 4,
  most: 64,
  /** Pairs that are made anew at most, because a run of them was invalid: one of so many, and two at least. */
  anewOf: 4,
  anewLeast: 2,
  /** The chance of one wrong finding or more in a whole test, all rows and looks considered: a test is made more seldom than a comparison. */
  alpha: 0.04,
  /** The chance up to which a change that is not called one leaves the whole open. */
  open: 0.2,
  /** The change for the worse that a row which is called the same may hide: a share of the figure, and of points. */
  same: 0.15,
  samePoints: 0.015,
  /** The same, where the test ends early because more pairs would find nothing. */
  enough: 0.1,
  enoughPoints: 0.01,
  /** The share of the judged time without CPU from which on a run is told as one on a busy machine. */
  busy: 0.25,
} as const

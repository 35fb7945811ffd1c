/** From which change on a row is called better or worse; docs/comparing.md says why. */
export const LIMITS = {
  /** Comparable runs of which noise is known; fewer give no verdict. */
  runs: 5,
  /** The band around the baseline's median, in standard deviations of its runs. */
  band: 3.5,
  /** The least noise that is believed, as a share of the median: a few runs may agree by luck. */
  leastNoise: 0.02,
  /** The smallest change that matters: a share of the median, and milliseconds. */
  relative: 0.05,
  ms: 2,
  /** The smallest change of the layout shift (CLS) that matters: of Google's limits 0.1 is good, and 0.25 is poor. */
  cls: 0.02,
  /** The smallest change of a share that matters: half a percentage point. */
  points: 0.005,
  /** Samples that a quantile of a tail needs beyond it: p99 1,000 samples, p95 200. */
  beyond: 10,
  /** Samples that a median needs: how much few of them scatter is seen from run to run. */
  median: 10,
  /** Below this part of the samples that each run of the baseline has, it is no accident that there are too few. */
  fewer: 0.8,
  /** Failures that a share needs before a change of it is believed: of none, one is any multiple. */
  failures: 5,
  /** How many failures are taken to come together where it is not known, before they are called more than before. */
  unknownBurst: 5,
  /** Events that a change of a share needs: failures that come together are one. */
  events: 3,
  /** The chance of one wrong finding or more among all rows of a comparison. */
  alpha: 0.02,
  /** What could not be seen up to this share of the median is not called the same. */
  detectable: 0.3,
  /** A change of a share that could not be seen beyond this is not called the same: three percentage points. */
  tolerablePoints: 0.03,
  /** By how much more of its time than before the generator's machine may have been full. */
  fuller: 0.1,
  /** For how much of its time it may have been full at all, and from which median on, in times, that explains nothing. */
  full: 0.5,
  unexplained: 3,
  /** From how many more points on failures are none that a full machine explains. */
  unexplainedPoints: 0.05,
} as const

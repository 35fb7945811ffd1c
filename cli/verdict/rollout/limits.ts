/** From when on a watch decides; docs/rollouts.md says why. */
export const ROLLOUT_LIMITS = {
  /** The chance that a canary like the stable version is rolled back, over all metrics and looks of a watch. */
  alpha: 0.02,
  /** The chance that a metric is called held although it is worse by what is tolerated. */
  beta: 0.05,
  /** Independent looks of which a change is believed, and those that a promotion needs. */
  leastToRollBack: 3,
  leastToPromote: 5,
  /** The least noise of a difference that is believed, as a share of the stable version's mean. */
  leastNoise: 0.02,
  /** Looks in a row that cross a limit, and those that cross it badly: by twice the limit. */
  crossed: 3,
  crossedBadly: 2,
  badly: 2,
  /** The share of looks that may cross a limit now and then, and the share that may say nothing. */
  unsettled: 0.25,
  missing: 0.2,
  /** Looks in a row with the very same fraction: nothing new was measured. */
  stale: 3,
  /** Looks in a row that nobody answered, after which a watch ends. */
  unanswered: 4,
} as const

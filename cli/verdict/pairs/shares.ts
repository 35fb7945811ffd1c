import {
  chanceOfDifference,
  newcombe,
  overdispersion,
  scaled,
  together,
  type Interval,
  type Proportion,
} from '../statistics/proportions.ts'
import { Z_95 } from '../statistics/normal.ts'

/** A share of both sides, all runs of each together. */
export interface SharesHeld {
  readonly base: number
  readonly candidate: number
  readonly interval: Interval
  /** The chance that runs alone make so large a difference. */
  readonly chance: number
}

/** Holds shares against each other: counts are divided by how much more than chance they vary from run to run. */
export function sharesHeld(base: readonly Proportion[], candidate: readonly Proportion[]): SharesHeld {
  const scale = (overdispersion(base) + overdispersion(candidate)) / 2
  const [earlier, later] = [together(base), together(candidate)]
  const pair = [scaled(earlier, scale), scaled(later, scale)] as const
  return {
    base: earlier.part / earlier.of,
    candidate: later.part / later.of,
    interval: newcombe(...pair, Z_95),
    chance: chanceOfDifference(...pair),
  }
}

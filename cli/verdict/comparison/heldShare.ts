import { sum } from '../../../config/sum.ts'
import type { Bursts } from '../../record/index.ts'
import { Z_95, Z_ONE_SIDED_95 } from '../statistics/normal.ts'
import {
  chanceOfDifference,
  newcombe,
  overdispersion,
  scaled,
  together,
  type Interval,
  type Proportion,
} from '../statistics/proportions.ts'
import type { Held } from './held.ts'
import { LIMITS } from './limits.ts'

/** A share of one run, and how its part lies in time. */
type Share = Proportion & Bursts

/**
 * Shares: all runs together, their counts divided by how much more than chance they vary: from run to run, and within runs,
 * those of the candidate too, because a baseline without failures tells nothing of how they come.
 */
export function heldShare(base: readonly Share[], candidate: Share): Held {
  const before = Math.max(overdispersion(base), burstsIn(base))
  const scale = Math.max(before, candidate.dispersion ?? 1)
  const all = together(base)
  const { interval, isOutside } = changeAt(all, candidate, scale)
  const change = candidate.part / candidate.of - all.part / all.of
  // Where it is not known how they come, so much is assumed before they are called more.
  const isUnknown = candidate.dispersion === undefined && change > 0
  const careful = isUnknown ? Math.max(scale, LIMITS.unknownBurst) : scale
  const found = changeAt(all, candidate, careful)
  // What is beyond chance by one or two events in one run is not seen to be of the candidate.
  const isRare = careful > before && change > 0 && candidate.part < LIMITS.events * careful
  const noise = (interval.high - interval.low) / (2 * Z_95)
  const limit = Math.max(LIMITS.points, Z_95 * noise)
  return {
    base: all.part / all.of,
    change,
    noise,
    limit,
    isOutside: isOutside && found.isOutside && !isRare,
    detectable: limit + Z_ONE_SIDED_95 * noise,
    tolerable: LIMITS.tolerablePoints,
    chance: found.chance(),
    times: 1,
    interval,
    isBurst: careful > before && changeAt(all, candidate, before).isOutside,
  }
}

/** By how much more than chance failures vary within runs, each weighed by its failures. */
function burstsIn(runs: readonly Share[]): number {
  const known = runs.filter(({ dispersion, part }) => dispersion !== undefined && part > 0)
  const all = sum(known.map(({ part }) => part))
  return all === 0 ? 1 : sum(known.map(({ part, dispersion = 1 }) => part * dispersion)) / all
}

/** The change of a share, if this many failures come together. */
function changeAt(
  base: Proportion,
  candidate: Proportion,
  scale: number,
): { interval: Interval; isOutside: boolean; chance: () => number } {
  const [earlier, later] = [scaled(base, scale), scaled(candidate, scale)]
  const interval = newcombe(earlier, later, Z_95)
  const change = candidate.part / candidate.of - base.part / base.of
  return {
    interval,
    isOutside: Math.abs(change) > LIMITS.points && (interval.low > 0 || interval.high < 0),
    chance: () => chanceOfDifference(earlier, later),
  }
}

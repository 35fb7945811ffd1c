import type { Better } from '../../record/index.ts'
import { upperTail, Z_ONE_SIDED_95 } from '../statistics/normal.ts'
import {
  newcombe,
  overdispersion,
  scaled,
  together,
  type Interval,
  type Proportion,
} from '../statistics/proportions.ts'
import { deviation, mean } from '../statistics/robust.ts'
import { studentChance, tAbove } from '../statistics/student.ts'
import { ROLLOUT_LIMITS } from './limits.ts'

/** By how much the canary's figure is worse than the stable version's, over all looks. */
export interface PairedChange {
  /** Means over the looks; of counted shares all requests together. */
  readonly stable: number
  readonly canary: number
  /** Above 0 is worse, whichever way is better. */
  readonly worse: number
  /** Where it lies, each end wrong in 5 of 100 cases. */
  readonly interval: Interval
  /** The chance that a canary like the stable version looks so much worse. */
  readonly chance: number
  /** Looks that are independent of each other, and how many of them a finding needs. */
  readonly independent: number
  readonly needed: number
}

/** The same figure of both versions at one look. */
export interface Pair {
  readonly stable: number
  readonly canary: number
}

/**
 * Student's t of the differences: what moves both versions at a look cancels out. Looks that overlap count as fewer. The
 * differences of few looks may agree by luck, so that a least noise is assumed.
 */
export function pairedValues(
  pairs: readonly Pair[],
  { better, fresh }: { better: Better; fresh: number },
): PairedChange {
  const [stable, canary] = [mean(pairs.map((one) => one.stable)), mean(pairs.map((one) => one.canary))]
  const sign = better === 'lower' ? 1 : -1
  const independent = Math.max(1, Math.floor(pairs.length * fresh + 1e-9))
  const worse = sign * (canary - stable)
  const known = { stable, canary, worse, independent, needed: ROLLOUT_LIMITS.leastToRollBack }
  if (independent < 2) return { ...known, interval: { low: -Infinity, high: Infinity }, chance: 1 }
  const noise = Math.max(
    deviation(pairs.map((one) => one.canary - one.stable)),
    ROLLOUT_LIMITS.leastNoise * Math.abs(stable),
  )
  const error = noise / Math.sqrt(independent)
  const width = error * tAbove(ROLLOUT_LIMITS.beta, independent - 1)
  // Of one direction: half of the chance of both.
  const further = worse === 0 ? 0.5 : studentChance(worse / error, independent - 1) / 2
  return {
    ...known,
    interval: { low: worse - width, high: worse + width },
    chance: worse > 0 ? further : 1 - further,
  }
}

/**
 * Shares whose counts are known: the chance is exact, of how failures fall on both versions where all that count is who got
 * how many requests (a binomial distribution), and the interval Newcombe's. Counts are divided by how much more than chance
 * they vary from look to look.
 */
export function pairedShares(counts: readonly { stable: Proportion; canary: Proportion }[]): PairedChange {
  const sides = [counts.map(({ stable }) => stable), counts.map(({ canary }) => canary)] as const
  const scale = Math.max(...sides.map(overdispersion))
  const [stable, canary] = [together(sides[0]), together(sides[1])]
  const [before, after] = [scaled(stable, scale), scaled(canary, scale)]
  return {
    stable: stable.part / stable.of,
    canary: canary.part / canary.of,
    worse: canary.part / canary.of - stable.part / stable.of,
    interval: newcombe(before, after, Z_ONE_SIDED_95),
    chance: chanceOfMore(before, after),
    independent: counts.length,
    // One pair says nothing of how much pairs differ.
    needed: 2,
  }
}

/** The chance of so many failures or more on the canary's side, of all that there are. */
function chanceOfMore(stable: Proportion, canary: Proportion): number {
  const all = Math.round(stable.part + canary.part)
  const least = Math.floor(canary.part)
  const share = canary.of / (stable.of + canary.of)
  let [term, below] = [(1 - share) ** all, 0]
  // Of so many failures that the first term is nothing, a normal distribution says the same.
  if (term < Number.MIN_VALUE * 1e10)
    return upperTail((least - 0.5 - all * share) / Math.sqrt(all * share * (1 - share)))
  for (let part = 0; part < least; part++) {
    below += term
    term *= ((all - part) / (part + 1)) * (share / (1 - share))
  }
  return Math.max(0, 1 - below)
}

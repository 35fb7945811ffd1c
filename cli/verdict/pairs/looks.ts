import { upperTail, zAbove } from '../statistics/normal.ts'
import { PAIR_LIMITS } from './limits.ts'

/** After how many pairs a test may end, and which chance of a wrong finding each of these looks may spend. */
export type Looks = ReadonlyMap<number, number>

/**
 * The error that may be spent until a share of the pairs (0 to 1) is there: the function of Lan & DeMets 1983
 * (Biometrika 70:659) that is like O'Brien & Fleming's boundary: little at first, almost all of it for the end.
 */
const spentAt = (share: number, alpha: number): number => 2 * upperTail(zAbove(alpha / 2) / Math.sqrt(share))

/**
 * The looks of a test: one after the last pair, or, `sequential`, one after every second pair from the half on, when as
 * many pairs were made the one way round as the other. What all looks spend together is `alpha`: each may spend what was
 * not spent before, so that the chance of any wrong finding is below it, however the looks depend on each other.
 */
export function looksOf(pairs: number, alpha: number, sequential: boolean): Looks {
  const first = Math.max(PAIR_LIMITS.least, 2 * Math.ceil(pairs / 4))
  const counts: number[] = []
  for (let count = first; sequential && count < pairs; count += 2) counts.push(count)
  let spent = 0
  return new Map(
    [...counts, pairs].map((count) => {
      const sum = count === pairs ? alpha : spentAt(count / pairs, alpha)
      const spends = sum - spent
      spent = sum
      return [count, spends]
    }),
  )
}

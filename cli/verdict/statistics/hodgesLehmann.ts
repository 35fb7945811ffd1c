import { median } from './robust.ts'

/**
 * The shift from one sample to another: the median of all differences of two values, one of each (Hodges & Lehmann 1963,
 * Ann. Math. Stat. 34:598). A few values that are far away do not move it. NaN where either is empty.
 */
export const hodgesLehmann = (earlier: readonly number[], later: readonly number[]): number =>
  median(later.flatMap((value) => earlier.map((other) => value - other)))

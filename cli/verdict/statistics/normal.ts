/** 95 % of a normal distribution lie within so many standard deviations; and above minus so many. */
export const Z_95 = 1.959964
export const Z_ONE_SIDED_95 = 1.644854

/** Beyond so many standard deviations a chance is nothing to be computed. */
export const MAX_Z = 38

/**
 * The share of a normal distribution that lies above z standard deviations, 0 to 1: half of erfc(z / √2) by the
 * Chebyshev fit of Press et al., Numerical Recipes, §6.2 (`erfcc`), whose error is below 1.2e-7 of its value, in the
 * tail too.
 */
export function upperTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + x / 2)
  const fit = COEFFICIENTS.reduceRight((sum, each) => sum * t + each, 0)
  const tail = (t * Math.exp(-x * x + fit)) / 2
  return z >= 0 ? tail : 1 - tail
}

/** Above how many standard deviations such a share (0 to 0.5) lies: the inverse of {@link upperTail}. */
export const zAbove = (share: number): number => lastWhere((z) => upperTail(z) > share)

/** The largest z, 0 to {@link MAX_Z}, of which something holds that holds of all smaller ones: by halving. */
export function lastWhere(holds: (z: number) => boolean): number {
  let [within, beyond] = [0, MAX_Z]
  while (beyond - within > 1e-4) {
    const z = (within + beyond) / 2
    if (holds(z)) within = z
    else beyond = z
  }
  return within
}

const COEFFICIENTS = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
]

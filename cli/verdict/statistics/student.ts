import { lastWhere } from './normal.ts'

/**
 * The chance that Student's t of so many degrees of freedom lies at least so far from 0, in either direction: the
 * regularized incomplete beta function at ν / (ν + t²) (Abramowitz & Stegun 1964, 26.7.1).
 */
export function studentChance(t: number, freedom: number): number {
  if (!Number.isFinite(t)) return 0
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
}

/** The regularized incomplete beta function, by the continued fraction of Press et al., Numerical Recipes, §6.4. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x))
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b
}

/** Terms of the fraction at most, and the change from which on more of them tell nothing. */
const MAX_TERMS = 300
const ENOUGH = 1e-14
/** In the place of a denominator that is 0. */
const TINY = 1e-300

/** The fraction, from its beginning on (Lentz 1976, Appl. Opt. 15:668). */
function betaFraction(x: number, a: number, b: number): number {
  const kept = (value: number): number => (Math.abs(value) < TINY ? TINY : value)
  let c = 1
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    const before = fraction
    for (const term of [even, odd]) {
      d = 1 / kept(1 + term * d)
      c = kept(1 + term / c)
      fraction *= c * d
    }
    if (Math.abs(fraction - before) < ENOUGH * Math.abs(fraction)) break
  }
  return fraction
}

const LANCZOS = [
  76.18009172947146, -86.5053203294168, 24.01409824083091, -1.231739572450155, 0.001208650973866,
  -0.000005395239384953,
]

/** The logarithm of the gamma function above 0, to 2e-10 (Lanczos 1964; Numerical Recipes, §6.1). */
function logGamma(x: number): number {
  const shifted = x + 5.5
  const series = LANCZOS.reduce((sum, each, at) => sum + each / (x + 1 + at), 1.00000000019001)
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((Math.sqrt(2 * Math.PI) * series) / x)
}

/** What was looked for before: every row of a comparison asks the same. */
const known = new Map<string, number>()

/** Above which t, 0 to 38, such a share (0 to 0.5) of Student's distribution lies. */
export function tAbove(share: number, freedom: number): number {
  const key = `${share} ${freedom}`
  const t = known.get(key) ?? lastWhere((t) => studentChance(t, freedom) / 2 > share)
  known.set(key, t)
  return t
}

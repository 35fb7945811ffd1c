import { lastWhere } from '../comparison/normal.ts'

/**
 * The share of Student's distribution with so many degrees of freedom (a whole number, 1 or more) that lies above t, 0 to
 * 1: its finite series, Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
export function studentTail(t: number, freedom: number): number {
  if (t < 0) return 1 - studentTail(-t, freedom)
  if (t === Infinity) return 0
  const angle = Math.atan(t / Math.sqrt(freedom))
  const square = Math.cos(angle) ** 2
  const isOdd = freedom % 2 === 1
  let [sum, term] = [0, isOdd ? Math.cos(angle) : 1]
  for (let power = isOdd ? 1 : 0; power <= freedom - 2; power += 2) {
    sum += term
    term *= (square * (power + 1)) / (power + 2)
  }
  const within = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
  return Math.max(0, (1 - within) / 2)
}

/** Above which t such a share (0 to 0.5) of Student's distribution lies: the inverse of {@link studentTail}. */
export const studentAbove = (share: number, freedom: number): number =>
  lastWhere((t) => studentTail(t, freedom) > share)

import { random } from '../statistics/random.ts'

/** Always the same directions: the same runs give the same answer. */
const SEED = 20261130
const known = new Map<string, Float64Array>()

/** So many unit vectors of so many dimensions, one after another, in every direction alike; the same ones each time. */
export function directions(count: number, dimensions: number): Float64Array {
  const key = `${count} ${dimensions}`
  const before = known.get(key)
  if (before) return before
  const next = random(SEED)
  const all = new Float64Array(count * dimensions)
  for (let at = 0; at < all.length; at += dimensions) {
    let squares = 0
    for (let axis = 0; axis < dimensions; axis++) {
      // Box and Muller's normal numbers.
      const one = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      all[at + axis] = one
      squares += one * one
    }
    const length = Math.sqrt(squares)
    for (let axis = 0; axis < dimensions; axis++) all[at + axis] = (all[at + axis] ?? 0) / length
  }
  known.set(key, all)
  return all
}

/** A stream of numbers in [0, 1). */
export type Random = () => number

function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

/** A repeatable stream: the same seed and label give the same numbers, different labels are independent. */
export function stream(seed: number, label: string): Random {
  let state = hash(`${seed}/${label}`)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A draw from the exponential distribution with mean 1. */
export const exponential = (random: Random): number => -Math.log(1 - random())

/** A draw from the standard normal distribution. */
export const gaussian = (random: Random): number =>
  Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random())

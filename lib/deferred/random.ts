/** A generator of numbers from 0 up to, not including, 1, the same for the same text. */
export const seeded = (text: string): (() => number) => mulberry32(hash(text))

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
export const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}

/** Tommy Ettinger's mulberry32: a generator of 32 bits of state. */
export const mulberry32 = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }
}

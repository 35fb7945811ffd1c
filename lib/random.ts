import exec from 'k6/execution'
import { settings } from '../config/index.ts'

let next: () => number = Math.random

/** A number from 0 up to, not including, 1; repeatable for an iteration where SEED is set. */
export function random(): number {
  return next()
}

/** A whole number from `least` to `most`, both included. */
export function integer(least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

/** One of `items`, each as likely. Throws on an empty list. */
export function oneOf<T>(items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined && items.length === 0) throw new RangeError('oneOf() needs at least one item')
  return item as T
}

/**
 * Begins an iteration's choices: from SEED, the scenario and the iteration's number in the whole test, if SEED is set.
 * `what` keeps apart what is chosen of the same iteration: the journey, and what the journey chooses.
 */
export function seedIteration(scenario: string, what = ''): void {
  const { SEED } = settings()
  if (SEED !== undefined)
    next = mulberry32(hash(`${SEED} ${scenario} ${exec.scenario.iterationInTest}${what}`))
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}

/** Tommy Ettinger's mulberry32: a generator of 32 bits of state. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }
}

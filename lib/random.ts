import { currentScenario } from './currentScenario.ts'
import { deferred } from './deferred/index.ts'
import { exec } from './k6.ts'
import { settings } from './settings.ts'

let next: () => number = Math.random

/** A number from 0 up to, not including, 1; repeatable for an iteration where SEED is set. */
export const random = (): number => next()

/** A whole number from `least` to `most`, both included. */
export const integer = (least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1))

/** One of `items`, each as likely. Throws on an empty list. */
export const oneOf = <T>(items: readonly T[]): T => {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined && items.length === 0) throw new RangeError('oneOf() needs at least one item')
  return item as T
}

/**
 * Begins an iteration's choices: from SEED, the scenario and the iteration's number in the whole test, if SEED is set.
 * `what` keeps apart what is chosen of the same iteration: the journey, and what the journey chooses.
 */
export const seedIteration = (what = ''): void => {
  const { SEED } = settings()
  if (SEED !== undefined)
    next = deferred().seeded(`${SEED} ${currentScenario().name} ${exec.scenario.iterationInTest}${what}`)
}

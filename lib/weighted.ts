import { errorNamed } from './errors.ts'
import { random, seedIteration } from './random.ts'
import type { Journey, Runnable } from './scenario.ts'

/** The running sum of weights, for a choice by chance. Throws UsageError where no choice is possible; `what` names it. */
export const cumulate = (what: string, weights: readonly number[]): number[] => {
  let sum = 0
  const sums = weights.map((weight) => (sum += weight))
  if (!(sum > 0 && sum < Infinity) || weights.some((weight) => weight < 0)) {
    const got = weights.slice(0, 10).join(', ') || 'none'
    throw errorNamed(`${what}: weights are numbers, none below 0 and at least one above it: got ${got}`)
  }
  return sums
}

/** The index that a choice by weight falls on; `sums` from {@link cumulate}. */
export const choose = (sums: readonly number[]): number => {
  const wanted = random() * (sums.at(-1) ?? 0)
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) > wanted) high = middle
    else low = middle + 1
  }
  return low
}

/** The index of what an iteration shall run, by weight; `what` keeps this choice apart from those that follow it. */
const chooseSeeded = (sums: readonly number[], what: string): number => {
  seedIteration(what)
  return choose(sums)
}

/**
 * Runs one of several journeys in each iteration, chosen by weight: `weighted([browse, 10], [checkout, 1])`. Throws
 * UsageError where no weight is above 0.
 */
export const weighted = <Data = unknown>(
  ...shares: readonly (readonly [journey: Journey<Data>, weight: number])[]
): Runnable<Data> => {
  const journeys = shares.map(([journey]) => journey)
  const weights = shares.map(([, weight]) => weight)
  const sums = cumulate('weighted()', weights)
  const total = sums.at(-1) ?? 0
  const typicalSeconds = shares.reduce(
    (sum, [journey, weight]) => sum + ((journey.typicalSeconds ?? 10) * weight) / total,
    0,
  )
  return Object.assign((data?: Data) => journeys[chooseSeeded(sums, ' journey')]?.(data), {
    journeys,
    typicalSeconds,
  })
}

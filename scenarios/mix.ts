import type { Load } from '../config/workload/load.ts'
import type { Runnable, Workload } from '../lib/scenario.ts'

/** A journey and its share of a mix: a weight relative to the others'. */
export type Share<Data = unknown> = readonly [journey: Runnable<Data>, weight: number]

/**
 * Divides one load between journeys by weight, a scenario each: `mix(scenario, { rate: 20 }, { browse: [browse, 3] })`.
 * Closed loads are divided by largest remainder, so that the VUs add up; a journey keeps at least one. Throws RangeError
 * on a weight that is not above 0.
 */
export const mix = <Name extends string, Data>(
  scenario: (journey: Runnable<Data>, load: Load) => Workload<Data>,
  load: Load,
  shares: Readonly<Record<Name, Share<Data>>>,
): Record<Name, Workload<Data>> => {
  const names = Object.keys(shares) as Name[]
  const weights = names.map((name) => weightOf(name, shares[name]))
  const sizes = 'rate' in load ? divide(load.rate, weights) : divideWhole(load.vus, weights)
  const result = {} as Record<Name, Workload<Data>>
  names.forEach((name, index) => {
    const size = sizes[index] ?? 0
    result[name] = scenario(shares[name][0], 'rate' in load ? { ...load, rate: size } : { vus: size })
  })
  return result
}

const weightOf = (name: string, [, weight]: Share<never>): number => {
  if (weight > 0 && weight < Infinity) return weight
  throw new RangeError(`mix(): a weight is a number above 0: got ${weight} for ${name}`)
}

const divide = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => (total * weight) / sum)
}

/** Whole parts that add up to `total` (or to one each, where there are fewer than parts). */
const divideWhole = (total: number, weights: readonly number[]): number[] => {
  const exact = divide(total, weights)
  const parts = exact.map((part) => Math.max(1, Math.floor(part)))
  const order = exact
    .map((part, index) => ({ index, rest: part - Math.floor(part) }))
    .sort((a, b) => b.rest - a.rest)
  let left = total - parts.reduce((a, b) => a + b, 0)
  for (const { index } of order) {
    if (left <= 0) break
    parts[index] = (parts[index] ?? 0) + 1
    left -= 1
  }
  // Parts that were lifted to one are paid for by the largest.
  for (; left < 0; left++) {
    const largest = Math.max(...parts)
    if (largest <= 1) break
    parts[parts.indexOf(largest)] = largest - 1
  }
  return parts
}

import { Z_ONE_SIDED_95 } from '../statistics/normal.ts'
import { chanceOfDifference, overdispersion, scaled, together } from '../statistics/proportions.ts'
import { deviation, median } from '../statistics/robust.ts'
import type { Figure } from './figures.ts'
import { floorOf, leastOf } from './floors.ts'
import type { Held } from './held.ts'
import { LIMITS } from './limits.ts'
import { chanceAt, farOf, foundFrom } from './noise.ts'

/**
 * A figure that is 0 in a run, or below it, of which no ratio can be taken: its differences are held against their noise. The
 * least change that matters tells how much of that is believed; where nothing tells it, only what is equal is the same.
 */
export function heldDifference(base: readonly Figure[], candidate: Figure, rows: number): Held {
  const values = base.map(({ value }) => value)
  const middle = median(values)
  const change = candidate.value - middle
  const floor = floorOf(candidate.subject, middle)
  const tolerable = Math.max(LIMITS.detectable * Math.abs(middle), 2 * floor)
  const told = { base: middle, change, limit: floor, times: 1 }
  if (leastOf(candidate.subject) === undefined) {
    const isUnscaled = change !== 0
    const unknown = isUnscaled ? { detectable: Infinity, tolerable } : { detectable: 0, tolerable }
    return { ...told, ...unknown, noise: 0, isOutside: false, chance: 1, isUnscaled }
  }
  const own = deviation(values)
  const least = floor / LIMITS.band
  const noise = Math.max(own, least)
  const one = noise * farOf(values.length)
  const limit = LIMITS.band * noise
  // Where most runs have none, how many samples have any has to have changed, too: a quantile falls from 0 at once.
  const ofSamples = middle === 0 ? chanceOfAny(base, candidate) : 0
  const noisy = { runs: values.length, isAlone: own > least }
  return {
    ...told,
    noise,
    limit,
    isOutside: Math.abs(change) > limit,
    detectable: Math.max(limit, foundFrom(rows, noisy) * one) + Z_ONE_SIDED_95 * one,
    tolerable,
    chance: Math.max(chanceAt(Math.abs(change) / one, noisy), ofSamples),
  }
}

/** The chance that as many samples are above 0 as in the baseline. */
function chanceOfAny(base: readonly Figure[], candidate: Figure): number {
  const before = base.flatMap(({ above }) => above ?? [])
  if (before.length === 0 || candidate.above === undefined) return 1
  const scale = overdispersion(before)
  return chanceOfDifference(scaled(together(before), scale), scaled(candidate.above, scale))
}

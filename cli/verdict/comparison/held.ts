import { LIMITS } from './limits.ts'
import { bandOf, byNoise, chanceOf, detectableOf, isBeyond, spreadOf } from './noise.ts'
import type { Interval } from '../statistics/proportions.ts'
import { median } from '../statistics/robust.ts'
import { floorOf } from './floors.ts'
import type { RowSubject } from './row.ts'

/** A figure of the candidate held against the runs of a baseline, before it is judged among all rows. */
export interface Held {
  readonly base: number
  readonly change: number
  /** From run to run, in the figure's unit. */
  readonly noise: number
  /** The least change that is called one. */
  readonly limit: number
  readonly isOutside: boolean
  readonly detectable: number
  /** The largest change that may be overlooked where a row is called the same. */
  readonly tolerable: number
  /** The chance that noise alone changes it so much. */
  readonly chance: number
  /** How many times the median it is, beside what is common to its run; of shares 1. */
  readonly times: number
  readonly interval?: Interval
  /** A share that would be called changed, if its failures did not come together, or it were known that they do not. */
  readonly isBurst?: boolean
  /** It changed, no ratio can be taken of it, and nobody knows which difference of its unit matters. */
  readonly isUnscaled?: boolean
}

/** A figure over the runs of a baseline and of the candidate, and the noise of rows like it. */
export interface View {
  readonly base: readonly number[]
  readonly candidate: number
  readonly alike: number | undefined
}

/**
 * Quantiles and rates: each run is one sample. A figure is looked at as it is, and, where the run's places have a shift in
 * common, without it; what is further beyond noise decides. `rows` is how many are judged together. All have to be above 0.
 */
export function heldValue(
  whole: View,
  { beside, subject, rows }: { beside: View | undefined; subject: RowSubject; rows: number },
): Held {
  const middle = median(whole.base)
  const change = whole.candidate - middle
  const floor = floorOf(subject, middle)
  const tolerable = Math.max(LIMITS.detectable * middle, 2 * floor)
  // A region is judged beside the others: all of them together are what its steps are.
  const isAlone = subject.region !== undefined && beside !== undefined
  const views = isAlone ? [beside] : [whole, ...(beside ? [beside] : [])]
  const seen = views.map((view) =>
    seenIn(view, {
      middle,
      change,
      floor,
      rows: rows * views.length,
      isAlone: isAlone && view.alike === undefined,
    }),
  )
  const [chosen] = seen.sort((a, b) => a.chance - b.chance)
  // One that others left behind changed beside them, and not itself.
  const itself = isAlone ? byNoise(spreadOf(whole.base, whole.alike, whole.alike === undefined)) : NOTHING
  return {
    base: middle,
    change,
    noise: middle * Math.min(...seen.map(({ noise }) => noise)),
    limit: Math.max(chosen?.limit ?? floor, itself.limit),
    isOutside: (chosen?.isOutside ?? false) && Math.abs(change) > Math.max(floor, itself.limit),
    detectable: Math.max(Math.min(...seen.map(({ detectable }) => detectable)), itself.detectable),
    tolerable,
    // Of two views each has its chance.
    chance: Math.min(1, (chosen?.chance ?? 1) * views.length),
    times: Math.min(...views.map((view) => view.candidate / median(view.base))),
  }
}

const NOTHING = { limit: 0, detectable: 0 }

/** What one view says: whether the figure lies outside of its noise, and what would. */
function seenIn(
  { base, candidate, alike }: View,
  {
    middle,
    change,
    floor,
    rows,
    isAlone,
  }: { middle: number; change: number; floor: number; rows: number; isAlone: boolean },
): Pick<Held, 'noise' | 'limit' | 'isOutside' | 'detectable' | 'chance'> {
  const spread = spreadOf(base, alike, isAlone)
  const moved = candidate - spread.middle
  const sign = Math.sign(change)
  // Without what is common the figure has to have moved the same way, and by what matters.
  const isMoved = moved * sign > floor
  const common = middle + change - candidate
  return {
    noise: spread.noise,
    limit: Math.max(common * sign + bandOf(spread), floor),
    isOutside: isMoved && isBeyond(spread, candidate),
    detectable: Math.max(detectableOf(spread, rows), floor),
    chance: isMoved ? chanceOf(spread, candidate) : 1,
  }
}

import { holmChances } from '../statistics/holm.ts'
import { floorOf } from '../comparison/floors.ts'
import { LIMITS } from '../comparison/limits.ts'
import { Z_95, Z_ONE_SIDED_95 } from '../statistics/normal.ts'
import type { Interval } from '../statistics/proportions.ts'
import { deviation, mean } from '../statistics/robust.ts'
import { chanceOfFailedRuns, FAILED_RUNS } from './failedRuns.ts'
import { isComplete, proportionsIn } from './figuresOfPairs.ts'
import type { PairedFigure } from './pairedFigure.ts'
import { pairedDifferences, type PairedDifferences } from './pairedDifferences.ts'
import { shiftsOf, type Shift } from './rotation.ts'
import { sharesHeld } from './shares.ts'
import { tAbove } from '../statistics/student.ts'

/** A figure of both sides, held against each other over all pairs; all in the figure's unit. */
export interface HeldPairs {
  /** Of times and rates the geometric mean of the runs, of shares all runs together. */
  readonly base: number
  readonly candidate: number
  /** Where the change lies in 95 of 100 cases. */
  readonly interval: Interval
  /** From pair to pair. */
  readonly noise: number
  /** The least change that is called one, and the one that is found in 95 of 100 cases. */
  readonly limit: number
  readonly detectable: number
  readonly floor: number
  /** The chance that noise alone makes a change as large in this row or in any other; undefined where nothing tells it. */
  readonly chance?: number
}

/** What each figure came to, in their order, by the error that may be spent; undefined where it is not on both sides. */
export function heldPairs(
  figures: readonly PairedFigure[],
  pairs: number,
): (level: number) => (HeldPairs | undefined)[] {
  const runs = figures.find(({ subject }) => subject.metric === FAILED_RUNS)
  const others = figures.filter((one) => one !== runs)
  const complete = pairs < 2 ? [] : others.filter((one) => one.judged && isComplete(one, pairs))
  const shares = complete.filter(({ subject }) => subject.unit === 'share')
  const paired = new Map(
    figures.flatMap((one) => {
      const own = one.base.length > 0 && one.subject.unit !== 'share' ? pairedDifferences(one) : undefined
      return own ? [[one, own] as const] : []
    }),
  )
  const values = complete.flatMap((figure) => {
    const own = paired.get(figure)
    return own ? [{ figure, ...own }] : []
  })
  const told = shares.length + values.length
  // Half of the error is for runs that failed, if any did: they are one row, and say more than any other. The rest is divided
  // between both kinds of rows by their number, and then among the rows of each.
  const halves = runs ? 2 : 1
  const part = (rows: readonly unknown[]): number => (halves * told) / Math.max(1, rows.length)
  const { shifts, critical } = shiftsOf(values)
  const shiftOf = new Map(values.map(({ figure }, at) => [figure, shifts[at]]))
  const ofShares = holmChances(
    shares.map(({ base, candidate }) => sharesHeld(proportionsIn(base), proportionsIn(candidate)).chance),
  )
  const chances = new Map<PairedFigure, number>([
    ...values.map(({ figure }, at) => [figure, (shifts[at]?.chance ?? 1) * part(values)] as const),
    ...shares.map((one, at) => [one, (ofShares[at] ?? 1) * part(shares)] as const),
    ...(runs ? [[runs, halves * chanceOfFailedRuns(runs)] as const] : []),
  ])
  return (level) => {
    const edge = values.length > 0 ? critical(level / part(values)) : Infinity
    return figures.map((one) => {
      if (one.base.length === 0) return undefined
      const chance = chances.get(one)
      const about = chance === undefined ? {} : { chance: Math.min(1, chance) }
      if (one.subject.unit === 'share') return { ...heldShares(one), ...about }
      const own = paired.get(one)
      if (!own) return flat(one)
      const shift = shiftOf.get(one) ?? alone(own.differences)
      return { ...heldValues(own, shift, { edge, floor: floorOf(one.subject, own.base) }), ...about }
    })
  }
}

/** A row that is not judged among the others: shown with its own noise. */
function alone(differences: readonly number[]): Pick<Shift, 'mean' | 'noise' | 'error'> {
  const noise = deviation(differences)
  const error = differences.length < 2 ? Infinity : noise / Math.sqrt(differences.length)
  return { mean: mean(differences), noise, error }
}

function heldValues(
  { base, differences, changeOf }: PairedDifferences,
  { mean: middle, error, noise }: Pick<Shift, 'mean' | 'noise' | 'error'>,
  { edge, floor }: { edge: number; floor: number },
): HeldPairs {
  const degrees = Math.max(1, differences.length - 1)
  const [two, onesided] = [tAbove(0.025, degrees), tAbove(0.05, degrees)]
  return {
    base,
    candidate: base + changeOf(middle),
    interval: { low: changeOf(middle - two * error), high: changeOf(middle + two * error) },
    noise: changeOf(noise),
    limit: Math.max(floor, changeOf(edge * error)),
    detectable: Math.max(floor, changeOf((edge + onesided) * error)),
    floor,
  }
}

function heldShares({ base, candidate }: PairedFigure): HeldPairs {
  const { interval, ...shares } = sharesHeld(proportionsIn(base), proportionsIn(candidate))
  const noise = (interval.high - interval.low) / (2 * Z_95)
  const limit = Math.max(LIMITS.points, Z_95 * noise)
  return {
    base: shares.base,
    candidate: shares.candidate,
    interval,
    noise,
    limit,
    detectable: limit + Z_ONE_SIDED_95 * noise,
    floor: LIMITS.points,
  }
}

/** A figure that is 0 in a run, and of which no ratio can be taken, nor is it known which difference matters. */
function flat(one: PairedFigure): HeldPairs {
  const meanOf = (figures: PairedFigure['base']): number => mean(figures.map(({ value }) => value))
  const [base, candidate] = [meanOf(one.base), meanOf(one.candidate)]
  const isEqual = one.base.every(({ value }, at) => value === one.candidate[at]?.value)
  const floor = floorOf(one.subject, base)
  const wide = isEqual ? 0 : Infinity
  return {
    base,
    candidate,
    interval: { low: -wide, high: wide },
    noise: 0,
    limit: floor,
    detectable: floor,
    floor,
  }
}

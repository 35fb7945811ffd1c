import { sum } from '../../../config/sum.ts'
import { mean } from '../statistics/robust.ts'
import { bestSplit, distancesOf } from './divergence.ts'
import { HISTORY_LIMITS } from './limits.ts'
import { studentChance } from '../statistics/student.ts'

/** Where values have a new level. */
export interface ChangePoint {
  /** The first value of the new level. */
  readonly at: number
  /** The first value of the level before it, and the first one after its own. */
  readonly from: number
  readonly to: number
  /** The chance that both levels are one, were this the only place that is looked at. */
  readonly chance: number
}

/** How values are read. */
export interface Reading {
  /** The least standard deviation that is believed: a few values may agree by luck. */
  readonly least: number
  /** The chance from which on a point is one. */
  readonly chance: number
  /** Whether two levels, as means of the values, are so far apart that it matters. */
  readonly matters: (before: number, after: number) => boolean
}

/**
 * Where values have new levels, by the method of Hunter, which is now Apache Otava (Fleming et al. 2023, ICPE): candidates
 * by the E-divisive method in windows that overlap, with Student's t-test in place of permutations and a weak limit; then
 * the weakest of all is dropped, again and again, until each is strong and large enough beside its neighbours.
 */
export function changePoints(values: readonly number[], reading: Reading): ChangePoint[] {
  const weak = { ...reading, chance: reading.chance * HISTORY_LIMITS.weak }
  let points = between(weakPoints(values, weak), values, reading)
  while (points.length > 0) {
    const weakest = weakestOf(points, values, reading)
    if (weakest === undefined) break
    points = between(
      points.filter((one) => one !== weakest).map(({ at }) => at),
      values,
      reading,
    )
  }
  return points
}

/** Candidates of all windows, in their order. */
function weakPoints(values: readonly number[], weak: Reading): number[] {
  const { window } = HISTORY_LIMITS
  const found = new Set<number>()
  for (let start = 0; start < values.length;) {
    const inside = values.slice(start, start + window)
    const points = divided(inside, 0, inside.length, weak, distancesOf(inside)).sort((a, b) => a - b)
    for (const point of points) found.add(start + point)
    start = Math.max(start + window / 2, start + (points.at(-1) ?? 0))
  }
  return [...found].sort((a, b) => a - b)
}

/** Divides a stretch where it falls apart most, and both parts again, as long as the parts differ. */
function divided(
  values: readonly number[],
  from: number,
  to: number,
  weak: Reading,
  distances: ReturnType<typeof distancesOf>,
): number[] {
  const split = bestSplit(distances, from, to, HISTORY_LIMITS.side)
  if (split === undefined) return []
  const { at, end } = split
  if (chanceAt(values, { from, at, to: end }, weak.least) > weak.chance) return []
  return [at, ...divided(values, from, at, weak, distances), ...divided(values, at, to, weak, distances)]
}

/** Points with the levels between their neighbours. */
const between = (all: readonly number[], values: readonly number[], { least }: Reading): ChangePoint[] =>
  all.map((at, index) => {
    const place = { from: all[index - 1] ?? 0, at, to: all[index + 1] ?? values.length }
    return { ...place, chance: chanceAt(values, place, least) }
  })

/** The point that must go first: the least certain, or where all are certain, the smallest of those that do not matter. */
function weakestOf(
  points: readonly ChangePoint[],
  values: readonly number[],
  { chance, matters }: Reading,
): ChangePoint | undefined {
  const [doubtful] = points.toSorted((a, b) => b.chance - a.chance)
  if (doubtful && doubtful.chance > chance) return doubtful
  const size = ({ from, at, to }: ChangePoint): number =>
    Math.abs(mean(values.slice(at, to)) - mean(values.slice(from, at)))
  return points
    .filter(({ from, at, to }) => !matters(mean(values.slice(from, at)), mean(values.slice(at, to))))
    .toSorted((a, b) => size(a) - size(b))[0]
}

/** Squares of what values differ from their mean, summed. */
export const squares = (values: readonly number[]): number => {
  const middle = mean(values)
  return sum(values.map((value) => (value - middle) ** 2))
}

/** The chance that two stretches beside each other are of one level: Student's t-test with a common deviation. */
export function chanceAt(
  values: readonly number[],
  { from, at, to }: Pick<ChangePoint, 'from' | 'at' | 'to'>,
  least: number,
): number {
  const [before, after] = [values.slice(from, at), values.slice(at, to)]
  const freedom = to - from - 2
  if (freedom < 1 || before.length === 0 || after.length === 0) return 1
  const deviation = Math.max(least, Math.sqrt((squares(before) + squares(after)) / freedom))
  const error = deviation * Math.sqrt(1 / before.length + 1 / after.length)
  return studentChance((mean(after) - mean(before)) / error, freedom)
}

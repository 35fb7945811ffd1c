import { sum } from '../../../config/sum.ts'
import { mean } from '../statistics/robust.ts'
import { squares, type ChangePoint } from './changePoints.ts'
import { HISTORY_LIMITS } from './limits.ts'

/** How a figure came from one level to another: at once, or little by little. */
export interface Shift extends ChangePoint {
  readonly kind: 'step' | 'drift'
  /** The first value of the last level: of a step, of the new one. */
  readonly last: number
}

/**
 * The shifts of a row: points beside each other that go the same way are one drift, if a line explains their values
 * better than so many levels do; else each is a step. Better is by Schwarz' criterion (1978, Ann. Stat. 6:461), which
 * asks more of what has more levels.
 */
export function shiftsOf(points: readonly ChangePoint[], values: readonly number[]): Shift[] {
  for (let count = points.length; count > 0; count--)
    for (let start = 0; start + count <= points.length; start++) {
      const some = points.slice(start, start + count)
      if (!isDrift(some, values)) continue
      const before = shiftsOf(points.slice(0, start), values)
      return [...before, driftOf(some), ...shiftsOf(points.slice(start + count), values)]
    }
  return points.map((point) => ({ ...point, kind: 'step', last: point.at }))
}

const driftOf = (points: readonly ChangePoint[]): Shift => {
  const [first, last] = [points[0], points.at(-1)] as [ChangePoint, ChangePoint]
  const chance = Math.min(...points.map((point) => point.chance))
  return { kind: 'drift', from: first.from, at: first.at, last: last.at, to: last.to, chance }
}

function isDrift(points: readonly ChangePoint[], values: readonly number[]): boolean {
  const [from, to] = [points[0]?.from ?? 0, points.at(-1)?.to ?? 0]
  if (to - from < HISTORY_LIMITS.drift) return false
  const bounds = [from, ...points.map(({ at }) => at), to]
  const levels = bounds.slice(1).map((end, index) => values.slice(bounds[index], end))
  const ups = levels.slice(1).map((level, index) => mean(level) > mean(levels[index] ?? []))
  if (new Set(ups).size > 1) return false
  const criterion = (unexplained: number, numbers: number): number =>
    (to - from) * Math.log(unexplained / (to - from)) + numbers * Math.log(to - from)
  // Of levels, as many places and one more; of a line, its height and its slope.
  const byLevels = criterion(sum(levels.map(squares)), 2 * points.length + 1)
  return criterion(aroundLine(values.slice(from, to)), 2) < byLevels
}

/** Squares of what values differ from the line through them, summed. */
function aroundLine(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const slope =
    sum(values.map((value, at) => value * (at - middle))) / sum(values.map((_, at) => (at - middle) ** 2))
  const level = mean(values)
  return sum(values.map((value, at) => (value - level - slope * (at - middle)) ** 2))
}

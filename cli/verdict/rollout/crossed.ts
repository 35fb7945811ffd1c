import type { WatchLimit } from '../../../config/watch.ts'
import { ROLLOUT_LIMITS } from './limits.ts'
import type { Look, RolloutUnit } from './metric.ts'

/** How looks stand to a limit. */
export interface Crossings {
  /** Looks that have the canary's figure, and those in which it crosses the limit. */
  readonly looks: number
  readonly crossed: number
  /** The canary alone crosses it so many looks in a row, up to the last one, and enough of them badly: not by chance. */
  readonly isLasting: boolean
  /** It crosses it too often, or in the last look. */
  readonly isUnsettled: boolean
  /** Wherever it crosses it, the stable version does, too. */
  readonly isOfBoth: boolean
}

/** Holds each look against a limit. */
export function crossingsOf(looks: readonly Look[], limit: WatchLimit, unit: RolloutUnit): Crossings {
  const known = looks.filter((one) => one.canary !== undefined)
  const canary = known.map((one) => isCrossed(one.canary, limit))
  const alone = known.map((one, index) => canary[index] === true && !isCrossed(one.stable, limit))
  const badly = known.map((one, index) => alone[index] === true && isBadly(one.canary, limit, unit))
  const crossed = canary.filter(Boolean).length
  const { crossed: most, crossedBadly, unsettled } = ROLLOUT_LIMITS
  return {
    looks: known.length,
    crossed,
    isLasting: isLastly(alone, most) || isLastly(badly, crossedBadly),
    isUnsettled: crossed > unsettled * known.length || canary.at(-1) === true,
    isOfBoth: crossed > 0 && !alone.includes(true),
  }
}

const isLastly = (all: readonly boolean[], most: number): boolean =>
  all.length >= most && all.slice(-most).every(Boolean)

function isCrossed(value: number | undefined, { operator, bound }: WatchLimit): boolean {
  if (value === undefined) return false
  if (operator === '<') return !(value < bound)
  if (operator === '<=') return !(value <= bound)
  return operator === '>' ? !(value > bound) : !(value >= bound)
}

/** By twice the limit: 2 % errors for `<0.01`; of shares that must be large by what is missing: 98 % for `>0.99`. */
function isBadly(value = NaN, { operator, bound }: WatchLimit, unit: RolloutUnit): boolean {
  const { badly } = ROLLOUT_LIMITS
  if (operator.startsWith('<')) return bound > 0 && value >= badly * bound
  return unit === 'share' ? 1 - value >= badly * (1 - bound) : value <= bound / badly
}

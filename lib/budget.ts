import { settings } from '../config/index.ts'
import { BudgetSpent } from './errors.ts'
import { position } from './position.ts'

/** When this VU was initialised (Unix time, milliseconds): where TIME_BUDGET starts to count. */
const born = Date.now()

/**
 * Milliseconds that a request may take: `wanted`, but in a single pass never more than is left of TIME_BUDGET.
 * Throws {@link BudgetSpent} where nothing is left.
 */
export function timeFor(wanted: number): number {
  if (!position().singlePass) return wanted
  const { TIME_BUDGET } = settings()
  const left = born + TIME_BUDGET - Date.now()
  if (left < 1)
    throw new BudgetSpent(`the time budget of ${TIME_BUDGET / 1000} s is used up: the request was not sent`)
  return Math.min(wanted, left)
}

import { raiseOf, type Raise, type Tolerance } from '../../../config/gate.ts'
import type { ThresholdResult } from '../../k6/index.ts'
import type { Row } from '../comparison/row.ts'

/** Where a threshold or a row belongs, by the tags that it has. */
export interface CasePlace {
  readonly metric: string
  readonly journey?: string | undefined
  readonly step?: string | undefined
}

/** Whether a waiver or a tolerance is of this: what it names must be equal. */
export const isOf = (exception: CasePlace, { metric, journey, step }: CasePlace): boolean =>
  exception.metric === metric &&
  (exception.journey === undefined || exception.journey === journey) &&
  (exception.step === undefined || exception.step === step)

/** The tolerance for a place in an environment: of several, the one that names most. */
export function toleranceOf(
  tolerances: readonly Tolerance[],
  environment: string,
  place: CasePlace,
): Tolerance | undefined {
  const named = (one: Tolerance): number =>
    [one.journey, one.step, one.environment].filter((word) => word !== undefined).length
  return tolerances
    .filter((one) => isOf(one, place) && (one.environment ?? environment) === environment)
    .toSorted((a, b) => named(b) - named(a))[0]
}

/** Whether the change of a row is not more than a tolerance allows. */
export function isTolerated(row: Row, tolerance: Tolerance | undefined): boolean {
  const raise = tolerance && raiseOf(tolerance.limit)
  return raise !== undefined && coversRow({ raise }, row)
}

/** Whether the change of a row is not more than a waiver allows. */
export function coversRow(
  { raise }: { readonly raise: Raise },
  { unit, base = 0, change = 0 }: Row,
): boolean {
  if (raise.unit === 'points') return unit === 'share' && Math.abs(change) <= raise.by
  return Math.abs(change) <= raise.by * Math.abs(base)
}

/** The operator and the bound of a threshold's expression. */
const BOUND = /(<=?|>=?)\s*(-?[\d.]+(?:e[+-]?\d+)?)\s*$/i

/** Whether a threshold holds, if its bound is raised as a waiver says. */
export function coversThreshold(
  { raise }: { readonly raise: Raise },
  { threshold, value }: ThresholdResult,
): boolean {
  const [, operator = '', written = ''] = BOUND.exec(threshold) ?? []
  if (operator === '' || value === undefined) return false
  const bound = Number(written)
  const more = raise.unit === 'points' ? raise.by : raise.by * Math.abs(bound)
  return operator.startsWith('<') ? value <= bound + more : value >= bound - more
}

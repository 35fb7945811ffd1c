import type { ThresholdResult } from '../../k6/index.ts'
import type { Row } from '../comparison/row.ts'
import type { Waiver } from './waiver.ts'

/** Where a threshold or a row belongs, by the tags that it has. */
export interface CasePlace {
  readonly metric: string
  readonly journey?: string | undefined
  readonly step?: string | undefined
}

/** Whether a waiver is of this: what it names must be equal. */
export const isOf = (waiver: Waiver, { metric, journey, step }: CasePlace): boolean =>
  waiver.metric === metric &&
  (waiver.journey === undefined || waiver.journey === journey) &&
  (waiver.step === undefined || waiver.step === step)

/** Whether the change of a row is not more than a waiver allows. */
export function coversRow({ raise }: Waiver, { unit, base = 0, change = 0 }: Row): boolean {
  if (raise.unit === 'points') return unit === 'share' && Math.abs(change) <= raise.by
  return Math.abs(change) <= raise.by * Math.abs(base)
}

/** The operator and the bound of a threshold's expression. */
const BOUND = /(<=?|>=?)\s*(-?[\d.]+(?:e[+-]?\d+)?)\s*$/i

/** Whether a threshold holds, if its bound is raised as a waiver says. */
export function coversThreshold({ raise }: Waiver, { threshold, value }: ThresholdResult): boolean {
  const [, operator = '', written = ''] = BOUND.exec(threshold) ?? []
  if (operator === '' || value === undefined) return false
  const bound = Number(written)
  const more = raise.unit === 'points' ? raise.by : raise.by * Math.abs(bound)
  return operator.startsWith('<') ? value <= bound + more : value >= bound - more
}

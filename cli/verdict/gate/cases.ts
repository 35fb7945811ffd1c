import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { defined } from '../../base/index.ts'
import type { ThresholdResult } from '../../k6/index.ts'
import type { Comparison } from '../comparison/compare.ts'
import type { Row } from '../comparison/row.ts'
import { isOpen } from '../comparison/summary.ts'
import { changeText, figureText } from '../comparison/words.ts'
import type { GateCase } from './gateCase.ts'
import { coversRow, coversThreshold, isOf, type CasePlace } from './waived.ts'
import type { Waiver } from './waiver.ts'

/** The cases of a gate: each threshold of the run, and each judged row of its comparison. */
export const casesOf = (
  thresholds: readonly ThresholdResult[],
  comparison: Comparison | undefined,
  waivers: readonly Waiver[],
): GateCase[] => [
  ...thresholds.map((one) => ofThreshold(one, waivers)),
  ...(comparison?.rows ?? []).filter(({ judged }) => judged).map((row) => ofRow(row, waivers)),
]

function ofThreshold(threshold: ThresholdResult, waivers: readonly Waiver[]): GateCase {
  const { metric: key, threshold: expression, result, value } = threshold
  const { metric, tags } = parseThresholdKey(key) ?? { metric: key, tags: {} }
  const place: CasePlace = { metric, journey: tags.journey, step: tags.step }
  const name = `${key}: ${expression}`
  const known = { name, ...placed(place), threshold }
  if (result === 'no samples')
    return { ...known, outcome: 'cannot tell', code: 'no-samples', text: 'no samples' }
  const figure = value === undefined ? '' : ` (${Math.round(value * 1000) / 1000})`
  if (result === 'pass')
    return { ...known, outcome: 'held', code: 'thresholds-held', text: `${name}${figure}` }
  const waiver = waivers.find((one) => isOf(one, place) && coversThreshold(one, threshold))
  const text = `${name} was crossed${figure}`
  return { ...known, code: 'threshold-crossed', text, ...allowed('failed', waiver) }
}

function ofRow(row: Row, waivers: readonly Waiver[]): GateCase {
  const { name, verdict, reason } = row
  const known = { name, ...placed(row), code: reason.code, row }
  const isMoved = verdict === 'worse' || isOpen(row)
  const waiver = isMoved ? waivers.find((one) => isOf(one, row) && coversRow(one, row)) : undefined
  if (verdict === 'worse') return { ...known, text: worseText(row), ...allowed('failed', waiver) }
  if (isOpen(row)) return { ...known, text: `${name}: ${reason.text}`, ...allowed('open', waiver) }
  const outcome = verdict === 'cannot tell' ? 'cannot tell' : 'held'
  return { ...known, outcome, text: `${name}: ${reason.text}` }
}

const allowed = (
  outcome: 'failed' | 'open',
  waiver: Waiver | undefined,
): Pick<GateCase, 'outcome' | 'waiver'> => (waiver ? { outcome: 'waived', waiver } : { outcome })

/** `p95 of place order 612 ms > 500 ms (baseline 430 ms, +42 %)`. */
function worseText({ name, unit, base = 0, candidate = 0, change = 0, limit = 0 }: Row): string {
  const figure = (value: number): string => figureText(value, unit)
  const isMore = change > 0
  const bound = figure(isMore ? base + limit : base - limit)
  return `${name} ${figure(candidate)} ${isMore ? '>' : '<'} ${bound} (baseline ${figure(base)}, ${changeText(change, unit, base)})`
}

const placed = ({ metric, journey, step }: CasePlace): Pick<GateCase, 'metric' | 'journey' | 'step'> =>
  defined({ metric, journey, step })

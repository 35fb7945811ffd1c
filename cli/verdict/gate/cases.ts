import type { Tolerance } from '../../../config/gate.ts'
import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { defined } from '../../base/index.ts'
import type { ThresholdResult } from '../../k6/index.ts'
import type { Comparison } from '../comparison/compare.ts'
import type { Row } from '../comparison/row.ts'
import { isOpen } from '../comparison/summary.ts'
import { changeText, figureText } from '../comparison/words.ts'
import type { GateCase } from './gateCase.ts'
import { coversRow, coversThreshold, isOf, isTolerated, toleranceOf, type CasePlace } from './waived.ts'
import type { Waiver } from './waiver.ts'

/** What a gate lets pass that would fail otherwise, in the environment of its run. */
export interface Exceptions {
  readonly environment: string
  readonly waivers: readonly Waiver[]
  readonly tolerances: readonly Tolerance[]
  /** Who answers for what, by the run's SLOs. */
  readonly owners: readonly PlaceOwner[]
}

interface PlaceOwner extends CasePlace {
  readonly owner: string
}

/** The cases of a gate: each threshold of the run, and each judged row of its comparison. */
export const casesOf = (
  thresholds: readonly ThresholdResult[],
  comparison: Comparison | undefined,
  exceptions: Exceptions,
): GateCase[] => [
  ...thresholdCases(thresholds, exceptions),
  ...(comparison?.rows ?? []).filter(({ judged }) => judged).map((row) => ofRow(row, exceptions)),
]

/** The cases of the thresholds of a run alone. */
export const thresholdCases = (thresholds: readonly ThresholdResult[], exceptions: Exceptions): GateCase[] =>
  thresholds.map((one) => ofThreshold(one, exceptions))

function ofThreshold(threshold: ThresholdResult, exceptions: Exceptions): GateCase {
  const { metric: key, threshold: expression, result, value } = threshold
  const place = placeOf(key)
  const name = `${key}: ${expression}`
  const owner = threshold.owner ?? ownerAt(place, exceptions)
  const known = { name, ...defined({ ...place, owner }), threshold }
  if (result === 'no samples')
    return { ...known, outcome: 'cannot tell', code: 'no-samples', text: 'no samples' }
  const figure = value === undefined ? '' : ` (${Math.round(value * 1000) / 1000})`
  if (result === 'pass')
    return { ...known, outcome: 'held', code: 'thresholds-held', text: `${name}${figure}` }
  const waivers = exceptions.waivers.filter((one) => isOf(one, place))
  const text = `${name} was crossed${figure}${ownedBy(known)}`
  return {
    ...known,
    code: 'threshold-crossed',
    text,
    ...allowed('failed', waivers, (one) => coversThreshold(one, threshold)),
  }
}

function ofRow(row: Row, exceptions: Exceptions): GateCase {
  const { name, verdict, reason } = row
  const { metric, journey, step } = row
  const owner = ownerAt(row, exceptions)
  const known = { name, ...defined({ metric, journey, step, owner }), code: reason.code, row }
  // Of what was not measured no exception allows anything.
  const isMoved = verdict === 'worse' || (isOpen(row) && row.isCounted)
  const tolerance = toleranceOf(exceptions.tolerances, exceptions.environment, row)
  if (isMoved && isTolerated(row, tolerance)) {
    const text = `${worseText(row)}, of which ${tolerance?.limit ?? ''} is tolerated${ownedBy(known)}`
    return { ...known, outcome: 'held', code: 'tolerated', text }
  }
  const waivers = exceptions.waivers.filter((one) => isOf(one, row))
  const covers = (one: Waiver): boolean => isMoved && coversRow(one, row)
  if (verdict === 'worse')
    return { ...known, text: `${worseText(row)}${ownedBy(known)}`, ...allowed('failed', waivers, covers) }
  if (isOpen(row)) return { ...known, text: `${name}: ${reason.text}`, ...allowed('open', waivers, covers) }
  const outcome = verdict === 'cannot tell' ? 'cannot tell' : 'held'
  return { ...known, outcome, text: `${name}: ${reason.text}` }
}

function allowed(
  outcome: 'failed' | 'open',
  waivers: readonly Waiver[],
  covers: (waiver: Waiver) => boolean,
): Pick<GateCase, 'outcome' | 'waiver' | 'exceeds'> {
  const waiver = waivers.find(covers)
  if (waiver) return { outcome: 'waived', waiver }
  return defined({ outcome, exceeds: waivers[0] })
}

const ownedBy = ({ owner }: { readonly owner?: string }): string => (owner === undefined ? '' : ` [${owner}]`)

/** `p95 of place order 612 ms > 500 ms (baseline 430 ms, +42 %)`. */
function worseText({ name, unit, base = 0, candidate = 0, change = 0, limit = 0 }: Row): string {
  const figure = (value: number): string => figureText(value, unit)
  const isMore = change > 0
  const bound = figure(isMore ? base + limit : base - limit)
  return `${name} ${figure(candidate)} ${isMore ? '>' : '<'} ${bound} (baseline ${figure(base)}, ${changeText(change, unit, base)})`
}

/** Who answers for a place: whom its tolerance names, else its SLO. */
const ownerAt = (place: CasePlace, { tolerances, environment, owners }: Exceptions): string | undefined =>
  toleranceOf(tolerances, environment, place)?.owner ?? owners.find((one) => isOf(one, place))?.owner

function placeOf(key: string): CasePlace {
  const { metric, tags } = parseThresholdKey(key) ?? { metric: key, tags: {} }
  return { metric, journey: tags.journey, step: tags.step }
}

/** Who answers for which place, by the thresholds of a run: what names most of journey and step first. */
export const ownersIn = (thresholds: readonly ThresholdResult[]): PlaceOwner[] =>
  thresholds
    .flatMap(({ metric, owner }) => (owner === undefined ? [] : [{ ...placeOf(metric), owner }]))
    .toSorted((a, b) => namedIn(b) - namedIn(a))

const namedIn = ({ journey, step }: CasePlace): number =>
  [journey, step].filter((word) => word !== undefined).length

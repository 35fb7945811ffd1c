import { placeKey } from '../../record/index.ts'
import { HISTORY_LIMITS } from './limits.ts'
import { mean } from '../statistics/robust.ts'
import type { ChangePoint } from './changePoints.ts'
import { pointAt, type PointedRow } from './rowPoints.ts'
import { shiftsOf, type Shift } from './shifts.ts'

/** A row with a shift of it. */
export interface ShiftedRow {
  readonly row: PointedRow
  readonly shift: Shift
}

/** Shifts of several rows that are one change. */
export interface Group {
  readonly kind: Shift['kind']
  /** Places of the last run before and the first run after a step; of a drift, of its first run and its last one. */
  readonly places: readonly [before: number, run: number]
  readonly rows: readonly ShiftedRow[]
}

/** Two steps of different rows are one if they lie not farther apart: where one is found may be off by a run. */
const NEAR = 1

/** The changes of a series: shifts of rows at the same runs are one, and rows that moved with them join. */
export function groupsOf(rows: readonly PointedRow[]): Group[] {
  const shifted = agreed(
    rows.flatMap((row) => shiftsOf(row.points, row.values).map((shift) => ({ row, shift }))),
  )
  const certain = shifted.toSorted((a, b) => a.shift.chance - b.shift.chance)
  const steps = certain.filter(({ shift }) => shift.kind === 'step')
  const drifts = certain.filter(({ shift }) => shift.kind === 'drift')
  const together = (a: ShiftedRow, b: ShiftedRow): boolean => Math.abs(placeOf(a) - placeOf(b)) <= NEAR
  return [
    ...clusters(steps, together).map((cluster) => stepGroup(cluster, rows)),
    ...clusters(drifts, overlap).map(driftGroup),
  ].sort((a, b) => a.places[1] - b.places[1])
}

/**
 * Where one figure of a place drifts and another one of it has a step in that time, to the same side, the more certain of
 * both says what it is.
 */
function agreed(shifted: readonly ShiftedRow[]): ShiftedRow[] {
  return shifted.map((one) => {
    const other = shifted
      .filter((two) => two.shift.kind !== one.shift.kind && two.shift.chance < one.shift.chance)
      .filter((two) => isSamePlace(one, two) && rises(one) === rises(two))
      .find((two) => (one.shift.kind === 'step' ? isWithin(one, two) : isWithin(two, one)))
    if (other === undefined) return one
    if (other.shift.kind === 'drift') return { ...one, shift: { ...one.shift, kind: 'drift' } }
    const point = pointAt(one.row, placeOf(other))
    return point ? { ...one, shift: stepOf(point) } : one
  })
}

/** Whether a step lies in the time of a drift. */
function isWithin(step: ShiftedRow, drift: ShiftedRow): boolean {
  const [from, to] = rangeOf(drift)
  return from <= placeOf(step) && placeOf(step) <= to
}

const stepOf = (point: ChangePoint): Shift => ({ ...point, kind: 'step', last: point.at })

const isSamePlace = ({ row: { subject: a } }: ShiftedRow, { row: { subject: b } }: ShiftedRow): boolean =>
  placeKey(a) === placeKey(b)

const rises = ({ row: { values }, shift: { from, at, last, to } }: ShiftedRow): boolean =>
  mean(values.slice(last, to)) > mean(values.slice(from, at))

/** The place of the first run of the new level. */
const placeOf = ({ row, shift }: ShiftedRow): number => row.counted[shift.at] ?? 0

/** Each with all that belong to the first of them that is left, the most certain. */
function clusters(
  sorted: readonly ShiftedRow[],
  together: (a: ShiftedRow, b: ShiftedRow) => boolean,
): (readonly ShiftedRow[])[] {
  const [first] = sorted
  if (first === undefined) return []
  const [inside, others] = [
    sorted.filter((one) => together(first, one)),
    sorted.filter((one) => !together(first, one)),
  ]
  return [inside, ...clusters(others, together)]
}

function stepGroup(cluster: readonly ShiftedRow[], rows: readonly PointedRow[]): Group {
  const [first] = cluster
  const place = first ? placeOf(first) : 0
  const known = new Set(cluster.map(({ row }) => row))
  const limit = HISTORY_LIMITS.alpha / Math.max(1, rows.length)
  const joined = rows.flatMap((row): ShiftedRow[] => {
    const point = known.has(row) ? undefined : pointAt(row, place)
    return point && point.chance <= limit && isLarge(row, point) ? [{ row, shift: stepOf(point) }] : []
  })
  const before = first?.row.counted[first.shift.at - 1] ?? 0
  return { kind: 'step', places: [before, place], rows: [...cluster, ...joined] }
}

function isLarge({ values, scale }: PointedRow, { from, at, to }: ChangePoint): boolean {
  return scale?.matters(mean(values.slice(from, at)), mean(values.slice(at, to))) === true
}

function driftGroup(cluster: readonly ShiftedRow[]): Group {
  const [from, to] = cluster[0] ? rangeOf(cluster[0]) : [0, 0]
  return { kind: 'drift', places: [from, to], rows: cluster }
}

const rangeOf = ({ row, shift }: ShiftedRow): [number, number] => [
  row.counted[shift.from] ?? 0,
  row.counted[shift.to - 1] ?? 0,
]

/** Whether more than half of the shorter one of two drifts lies in the other one. */
function overlap(a: ShiftedRow, b: ShiftedRow): boolean {
  const [[from, to], [since, until]] = [rangeOf(a), rangeOf(b)]
  return (Math.min(to, until) - Math.max(from, since)) * 2 > Math.min(to - from, until - since)
}

import { defined } from '../../base/index.ts'
import { changeText, rowText } from '../comparison/words.ts'
import { differencesOf } from '../comparison/differences.ts'
import { betterOf } from '../comparison/better.ts'
import { isTail, type RowSubject } from '../comparison/row.ts'
import { mean, median } from '../statistics/robust.ts'
import type { Change, ChangedRow, NamedRun } from './change.ts'
import type { Group, ShiftedRow } from './grouped.ts'
import type { HistoricRun } from './series.ts'
import { atRun } from './words.ts'

/** A group of shifts as a change: between which runs, at which commit, and its figures. */
export function changeOf(
  { kind, places, rows: shifted }: Group,
  runs: readonly HistoricRun[],
  namer: (subject: RowSubject) => string,
): Change {
  const rows = sorted(shifted.flatMap((one) => changedRow(one, namer)))
  const [before, run] = places.map((place) => runs[place]) as [HistoricRun, HistoricRun]
  const skipped = kind === 'step' ? places[1] - places[0] - 1 : 0
  const verdict = rows[0]?.verdict ?? 'other'
  const [first] = rows
  const named = [namedRun(before), namedRun(run)] as const
  const more = rows.length > 1 ? `, and ${rows.length - 1} more ${rows.length > 2 ? 'rows' : 'row'}` : ''
  const figure = first ? rowText({ ...first, base: first.before, candidate: first.after }) : ''
  return {
    kind,
    verdict,
    before: named[0],
    run: named[1],
    places,
    skipped,
    differences: differencesOf([before], run),
    ...defined({ full: shifted[0] && fullOf(shifted[0], runs) }),
    rows,
    text: `${figure} ${atRun(kind, ...named)}${more}`,
  }
}

/** How full the machine was on both sides of a shift; undefined where it is not known. */
function fullOf(
  { row, shift: { from, at, last, to } }: ShiftedRow,
  runs: readonly HistoricRun[],
): Change['full'] {
  const of = (places: readonly number[]): number[] =>
    places.flatMap((place) => runs[place]?.measured?.full ?? [])
  const [before, after] = [of(row.counted.slice(from, at)), of(row.counted.slice(last, to))]
  return before.length > 0 && after.length > 0 ? { before: median(before), after: median(after) } : undefined
}

/** A run as a change names it. */
export const namedRun = ({ id, startedAt, about: { commit, version } }: HistoricRun): NamedRun => ({
  id,
  startedAt,
  ...(commit === undefined ? {} : { commit }),
  ...(version === undefined ? {} : { version }),
})

function changedRow({ row, shift }: ShiftedRow, namer: (subject: RowSubject) => string): ChangedRow[] {
  const { subject, values, scale } = row
  if (scale === undefined) return []
  const { from, at, last, to, chance } = shift
  const before = scale.back(mean(values.slice(from, at)))
  const after = scale.back(mean(values.slice(last, to)))
  const change = after - before
  const isLower = betterOf(subject)
  const verdict = isLower === undefined ? 'other' : change < 0 === (isLower === 'lower') ? 'better' : 'worse'
  return [
    {
      ...subject,
      name: namer(subject),
      before,
      after,
      change,
      verdict,
      chance,
      runs: [at - from, to - last],
    },
  ]
}

const VERDICTS: readonly ChangedRow['verdict'][] = ['worse', 'better', 'other']
/** The figures that speak for their place come first. */
const isMain = ({ quantity }: ChangedRow): boolean => isTail(quantity) || quantity === 'share'
/** How large a change is: of shares in points, of others as a part of the level before. */
const sizeOf = ({ unit, change, before }: ChangedRow): number =>
  Math.abs(unit === 'share' || before === 0 ? change * 10 : change / before)

/** Rows by what matters: the worse before the better, p95 before others, the largest first. */
const sorted = (rows: readonly ChangedRow[]): ChangedRow[] =>
  rows.toSorted(
    (a, b) =>
      VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
      Number(isMain(b)) - Number(isMain(a)) ||
      sizeOf(b) - sizeOf(a),
  )

/** A figure's change in percent or points, with its levels. */
export const changedText = (row: ChangedRow): string => changeText(row.change, row.unit, row.before)

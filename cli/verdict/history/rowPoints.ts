import { defined } from '../../base/index.ts'
import type { MeasuredRun } from '../../record/index.ts'
import { figuresOfRun, isSilent, type Figure } from '../comparison/figures.ts'
import { mean } from '../statistics/robust.ts'
import { changePoints, chanceAt, squares, type ChangePoint } from './changePoints.ts'
import { detectableAfter } from './detectable.ts'
import type { HistoryRow, Level } from './historyRow.ts'
import { HISTORY_LIMITS } from './limits.ts'
import { scaleOf, type Scale } from './scale.ts'
import type { RowSubject } from '../comparison/row.ts'

/** A row of a series before it has a name: its figures by the places of their runs. */
export interface Candidate {
  readonly subject: RowSubject
  readonly figures: ReadonlyMap<number, Figure>
  /** The places of which changes are looked for: a busy machine makes times longer, and no share of failures. */
  readonly counted: readonly number[]
  /** Absent where nothing can be told of it. */
  readonly scale?: Scale
}

/** A row whose changes are known. */
export interface PointedRow extends Candidate {
  /** The values at the places that count. */
  readonly values: readonly number[]
  readonly points: readonly ChangePoint[]
}

/** The rows that are judged of some runs (undefined is a run without figures), those that are `wanted`; `busy` are places of runs on a busy machine. */
export function candidatesOf(
  runs: readonly (MeasuredRun | undefined)[],
  wanted: (subject: RowSubject) => boolean,
  busy: ReadonlySet<number>,
): Candidate[] {
  const rows = new Map<string, { subject: RowSubject; figures: Map<number, Figure> }>()
  for (const [place, run] of runs.entries()) {
    if (run === undefined) continue
    for (const [key, figure] of figuresOfRun(run)) {
      const { subject, samples, needed } = figure
      if (samples < needed || ![...run.judgedPhases, ''].includes(subject.phase) || !wanted(subject)) continue
      const row = rows.get(key) ?? { subject, figures: new Map<number, Figure>() }
      row.figures.set(place, figure)
      rows.set(key, row)
    }
  }
  const told = [...rows.values()].filter(({ figures }) => !isSilent([...figures.values()]))
  return told.map((row) => {
    const isShare = row.subject.unit === 'share'
    const counted = [...row.figures.keys()].filter((place) => isShare || !busy.has(place))
    const figures = counted.flatMap((place) => row.figures.get(place) ?? [])
    const scale = counted.length >= HISTORY_LIMITS.runs ? scaleOf(figures) : undefined
    return { ...row, counted, ...(scale ? { scale } : {}) }
  })
}

/** Finds the changes of each row, as one of many: `chance` is the limit for each place that is looked at. */
export const pointed = (row: Candidate, chance: number): PointedRow => {
  const { scale, figures, counted } = row
  if (scale === undefined) return { ...row, values: [], points: [] }
  const values = counted.map((place) => scale.to(figures.get(place)?.value ?? 0))
  return { ...row, values, points: changePoints(values, { ...scale, chance }) }
}

/** The change of a row at a place of a series, by the runs up to its own next changes; undefined without a run on each side. */
export function pointAt(
  { counted, values, points, scale }: PointedRow,
  place: number,
): ChangePoint | undefined {
  const at = counted.findIndex((one) => one >= place)
  if (scale === undefined || at < 1) return undefined
  const from = points.findLast((one) => one.at < at)?.at ?? 0
  const to = points.find((one) => one.at > at)?.at ?? values.length
  const isWide = at - from >= HISTORY_LIMITS.side && to - at >= HISTORY_LIMITS.side
  return isWide ? { from, at, to, chance: chanceAt(values, { from, at, to }, scale.least) } : undefined
}

/** What is left of equal values by how numbers are stored. */
const NOTHING = 1e-9

/** A row as it is told, by its changes at these values. */
export function historyRow(
  { subject, counted, values, scale, figures }: PointedRow,
  name: string,
  { runs, at, chance }: { runs: number; at: readonly number[]; chance: number },
): HistoryRow {
  const told = {
    ...subject,
    name,
    values: Array.from({ length: runs }, (_, place) => figures.get(place)?.value ?? null),
    runs: counted.length,
  }
  if (scale === undefined) return { ...told, levels: [] }
  const parts = [0, ...at].map((from, index) => ({ from, to: at[index] ?? values.length }))
  const levels = parts.map(({ from, to }): Level => ({
    from: counted[from] ?? 0,
    to: counted[to - 1] ?? 0,
    value: scale.back(mean(values.slice(from, to))),
  }))
  const freedom = Math.max(1, values.length - parts.length)
  const around = parts.reduce((sum, { from, to }) => sum + squares(values.slice(from, to)), 0)
  const scatter = Math.sqrt(around / freedom)
  const own = scatter < NOTHING ? 0 : scatter
  const level = mean(values.slice(parts.at(-1)?.from))
  const deviation = Math.max(own, scale.least)
  return {
    ...told,
    levels,
    noise: scale.back(level + own) - scale.back(level),
    ...defined({ detectable: detectableAfter(scale, { level, deviation, runs: values.length, chance }) }),
  }
}

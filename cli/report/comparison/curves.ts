import { sum } from '../../../config/sum.ts'
import { merge, quantile, type Histogram } from '../../prometheus/index.ts'
import type { Courses, CourseWindow } from '../../record/index.ts'

/** A figure at each point of time; undefined where nothing was measured. */
export type Line = readonly (number | undefined)[]

/** The figures of a place that are drawn over time. */
export interface PlaceCurves {
  /** Milliseconds. */
  readonly p95: Line
  readonly perSecond: Line
  /** 0 to 1; empty where nothing failed. */
  readonly failed: Line
}

/** Both sides at one place over time, from the start of each run on. */
export interface BothCurves {
  /** Milliseconds between two points, and from the start to the end of the longest run. */
  readonly step: number
  readonly lasts: number
  readonly base: readonly PlaceCurves[]
  readonly candidate: PlaceCurves
  /** The judged phase of the candidate, ms from its start. */
  readonly judged: { readonly from: number; readonly to: number }
}

/** Points of a line at most, and at least: fewer are no course. */
const MAX_POINTS = 80
const MIN_POINTS = 3

/** The curves of the `index`th place of both sides; undefined where the candidate has none, or it is too short. */
export function curvesOf(
  base: readonly Courses[],
  candidate: Courses,
  { index, phase }: { index: number; phase: string },
): BothCurves | undefined {
  const own = candidate.places[index] ?? []
  const runs = base.filter(({ places }) => (places[index] ?? []).length > 0)
  const all = [candidate, ...runs]
  const lasts = Math.max(...all.map((run) => endOf(run, index)))
  const widest = Math.max(...all.map(({ window }) => window))
  const step = widest * Math.max(1, Math.ceil(lasts / widest / MAX_POINTS))
  const judged = own.filter((one) => one.phase === phase)
  if (judged.length === 0 || lasts < MIN_POINTS * step) return undefined
  return {
    step,
    lasts,
    base: runs.map((run) => onGrid(run, index, { step, lasts })),
    candidate: onGrid(candidate, index, { step, lasts }),
    judged: {
      from: Math.max(0, (judged[0]?.at ?? 0) - candidate.began),
      to: (judged.at(-1)?.at ?? 0) + candidate.window - candidate.began,
    },
  }
}

const endOf = ({ places, began, window }: Courses, index: number): number =>
  (places[index]?.at(-1)?.at ?? began) + window - began

function onGrid(
  { places, began, window }: Courses,
  index: number,
  { step, lasts }: { step: number; lasts: number },
): PlaceCurves {
  const cells = Array.from({ length: Math.ceil(lasts / step) }, (): CourseWindow[] => [])
  for (const one of places[index] ?? [])
    cells[Math.floor(Math.max(0, one.at + window / 2 - began) / step)]?.push(one)
  const isFailing = cells.flat().some(({ failed }) => failed > 0)
  return {
    p95: cells.map((cell) => {
      const values = valuesIn(cell)
      const seconds = values && quantile(values, 0.95)
      return seconds === undefined ? undefined : seconds * 1000
    }),
    perSecond: cells.map((cell) => {
      const windows = new Set(cell.map(({ at }) => at)).size
      return windows === 0 ? undefined : ((valuesIn(cell)?.count ?? 0) * 1000) / (windows * window)
    }),
    failed: isFailing
      ? cells.map((cell) => {
          const of = sum(cell.map((one) => one.of))
          return of === 0 ? undefined : sum(cell.map((one) => one.failed)) / of
        })
      : [],
  }
}

const valuesIn = (cell: readonly CourseWindow[]): Histogram | undefined =>
  cell
    .flatMap(({ values }) => values ?? [])
    .reduce<Histogram | undefined>((all, one) => (all ? merge(all, one) : one), undefined)

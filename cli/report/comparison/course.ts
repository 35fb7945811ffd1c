import { sum } from '../../../config/sum.ts'
import { time } from '../../base/index.ts'
import { figureText } from '../../verdict/index.ts'
import { h, type Branch } from '../tree.ts'
import type { BothCurves, Line, PlaceCurves } from './curves.ts'

const [WIDTH, FOOT] = [640, 20]
/** The unit of a figure, as {@link figureText} takes it. */
type Unit = Parameters<typeof figureText>[1]

/** What is drawn, one over the other: how high, and in which unit. */
const PANELS: readonly { key: keyof PlaceCurves; name: string; unit: Unit; height: number }[] = [
  { key: 'p95', name: 'p95', unit: 'ms', height: 116 },
  { key: 'perSecond', name: 'per second', unit: 'per second', height: 46 },
  { key: 'failed', name: 'failed', unit: 'share', height: 46 },
]

/** A slow start must not flatten the rest: the axis ends at so many times the most of the judged phase. */
const MOST = 1.3
/** The axis of times begins below the least one, so that a shift is seen. */
const LEAST = 0.8
const rounded = (value: number): number => Math.round(value * 10) / 10

/** Both sides of a place over time, as a drawing that needs no script: of several runs their range and their middle. */
export function courseDrawing(curves: BothCurves, label: string): Branch {
  const { lasts, judged, base, candidate } = curves
  const shown = PANELS.filter(({ key }) => [candidate, ...base].some((side) => side[key].length > 0))
  const x = (ms: number): number => rounded((WIDTH * Math.min(ms, lasts)) / lasts)
  const foot = sum(shown.map(({ height }) => height))
  const word = (text: string, at: number, anchor: string): Branch =>
    h('text', { x: at, y: foot + FOOT - 4, 'text-anchor': anchor }, text)
  return h(
    'svg',
    { class: 'overlay', viewBox: `0 0 ${WIDTH} ${foot + FOOT}`, role: 'img', 'aria-label': label },
    h('rect', {
      class: 'judged',
      x: x(judged.from),
      y: 0,
      width: rounded(x(judged.to) - x(judged.from)),
      height: foot,
    }),
    shown.map((panel, at) => {
      const down = sum(shown.slice(0, at).map(({ height }) => height))
      return panelOf(curves, panel, { down, x })
    }),
    word('start', 0, 'start'),
    word(time(lasts / 2), WIDTH / 2, 'middle'),
    word(time(lasts), WIDTH, 'end'),
  )
}

function panelOf(
  { step, judged, base, candidate }: BothCurves,
  { key, name, unit, height }: (typeof PANELS)[number],
  { down, x }: { down: number; x: (ms: number) => number },
): Branch[] {
  const own = candidate[key]
  const others = base.map((side) => side[key]).filter(({ length }) => length > 0)
  const range = rangeOf(others)
  const middle = (at: number): number => (at + 0.5) * step
  const isJudged = (_: unknown, at: number): boolean => middle(at) >= judged.from && middle(at) <= judged.to
  const all = [own, range.middle].map((line) => [line, line.filter(isJudged)] as const)
  const most = (lines: readonly Line[]): number =>
    Math.max(0, ...lines.flat().filter((one) => one !== undefined))
  const top = Math.min(most(all.map(([line]) => line)), MOST * most(all.map(([, line]) => line))) || 1
  const known = [...own, ...range.low].filter((one) => one !== undefined)
  const least = unit === 'ms' && known.length > 0 ? LEAST * Math.min(...known) : 0
  const part = (value: number): number => Math.max(0, Math.min(value, top) - least) / (top - least || 1)
  const y = (value: number): number => rounded(down + 14 + (height - 18) * (1 - part(value)))
  const points = (line: Line): (readonly [number, number] | undefined)[] =>
    line.map((value, at) => (value === undefined ? undefined : ([x(middle(at)), y(value)] as const)))
  return [
    ...(others.length > 1
      ? [h('path', { class: 'range', d: bandPath(points(range.low), points(range.high)) })]
      : []),
    h('path', { class: 'base', d: linePath(points(range.middle)) }),
    h('path', { class: 'candidate', d: linePath(points(own)) }),
    h(
      'text',
      { x: 0, y: down + 10 },
      `${name}, ${least > 0 ? `${figureText(least, unit)} ` : 'up '}to ${figureText(top, unit)}`,
    ),
  ]
}

/** Of several lines the lowest, the middle and the highest value at each point. */
function rangeOf(lines: readonly Line[]): Readonly<Record<'low' | 'middle' | 'high', Line>> {
  const length = Math.max(0, ...lines.map((line) => line.length))
  const at = (place: number): number[] => lines.flatMap((line) => line[place] ?? []).sort((a, b) => a - b)
  const points = Array.from({ length }, (_, place) => at(place))
  return {
    low: points.map((values) => values[0]),
    middle: points.map((values) => values[values.length >> 1]),
    high: points.map((values) => values.at(-1)),
  }
}

type Points = readonly (readonly [number, number] | undefined)[]

/** A line with gaps where there is no point. */
const linePath = (points: Points): string =>
  points
    .flatMap((point, at) => (point ? [`${points[at - 1] ? 'L' : 'M'}${point[0]} ${point[1]}`] : []))
    .join(' ')

/** What lies between two lines, as one surface; gaps are crossed. */
function bandPath(low: Points, high: Points): string {
  const around = [...high, ...low.toReversed()].flatMap((point) => (point ? [`${point[0]} ${point[1]}`] : []))
  return around.length > 0 ? `M${around.join(' L')} Z` : ''
}

import { figureText, type Change, type HistoryRow, type SeriesRun } from '../../verdict/index.ts'
import { dayOf } from '../../verdict/index.ts'
import { h, type Branch } from '../tree.ts'

const [WIDTH, HEIGHT, TOP, FOOT] = [640, 170, 16, 20]
const EDGE = 6
/** The least range of the axis, as a part of the middle: noise does not fill it. */
const LEAST_RANGE = 0.25
/** Commits that are written at most: more would lie over each other. */
const MAX_MARKS = 8
/** Characters of a commit. */
const MAX_CHARACTERS = 14

const rounded = (value: number): number => Math.round(value * 10) / 10

/** A figure over runs as a drawing that needs no script: a point for each run, its levels, and where changes are. */
export function trendChart(
  { name, values, levels, unit }: HistoryRow,
  runs: readonly SeriesRun[],
  changes: readonly Change[],
): Branch {
  const known = [...values.filter((value) => value !== null), ...levels.map(({ value }) => value)]
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const middle = (low + high) / 2
  const range = Math.max(high - low, Math.abs(middle) * LEAST_RANGE) || 1
  const least = Math.max(0, middle - range * 0.55)
  const most = Math.max(least + range, middle + range * 0.55)
  const x = (place: number): number =>
    rounded(EDGE + ((WIDTH - 2 * EDGE) * (place + 0.5)) / Math.max(1, values.length))
  const y = (value: number): number =>
    rounded(TOP + (HEIGHT - TOP - FOOT) * (1 - (value - least) / (most - least)))
  const word = (text: string, at: number, down: number, anchor: string): Branch =>
    h('text', { x: at, y: down, 'text-anchor': anchor }, text)
  const dots = values.flatMap((value, place) => {
    const run = runs[place]
    if (value === null || run === undefined) return []
    const busy = run.busy && 'the machine was busy'
    const told = [run.id, run.verdict, run.commit, run.version, figureText(value, unit), busy].filter(Boolean)
    const look = run.busy ? 'busy' : run.verdict === 'fail' ? 'failed' : undefined
    return [h('circle', { class: look, cx: x(place), cy: y(value), r: 3 }, h('title', {}, told.join(' · ')))]
  })
  const marks = changes.slice(0, MAX_MARKS).flatMap(({ kind, verdict, places: [before, at], run }) => {
    const middle = rounded((x(before) + x(at)) / 2)
    const said = kind === 'drift' ? 'drift' : (run.commit ?? dayOf(run.startedAt)).slice(0, MAX_CHARACTERS)
    const anchor = middle > WIDTH * 0.8 ? 'end' : middle < WIDTH * 0.2 ? 'start' : 'middle'
    return [
      h('line', { class: `change ${verdict}`, x1: middle, x2: middle, y1: TOP, y2: HEIGHT - FOOT }),
      word(said, middle, TOP - 4, anchor),
    ]
  })
  return h(
    'svg',
    { class: 'trend', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': name },
    marks,
    levels.map(({ from, to, value }) =>
      h('line', { class: 'level', x1: x(from - 0.4), x2: x(to + 0.4), y1: y(value), y2: y(value) }),
    ),
    dots,
    word(figureText(most, unit), 0, TOP + 10, 'start'),
    word(figureText(least, unit), 0, HEIGHT - FOOT, 'start'),
    word(dayOf(runs[0]?.startedAt ?? ''), 0, HEIGHT - 4, 'start'),
    word(dayOf(runs.at(-1)?.startedAt ?? ''), WIDTH, HEIGHT - 4, 'end'),
  )
}

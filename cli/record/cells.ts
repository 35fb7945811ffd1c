import type { Change, Identity } from './changes.ts'
import { counters, type Cumulative, histograms } from './cumulative.ts'
import type { OwnHistogram } from '../prometheus/index.ts'
import type { Key } from './routes.ts'
import { windowOf } from './windows.ts'

/** A value for each window in which there was one, by the window's start (ms). */
export type Cells<Value> = Map<number, Value>

/** The latest value of each series of a Gauge in a window. */
export type Levels = ReadonlyMap<Identity, Level>
type OwnLevels = Map<Identity, Level>

interface Level {
  readonly at: number
  readonly value: number
}

/** Curves by key: counters, histograms and gauges apart. */
export interface CellTable {
  readonly counts: Map<Key, Cells<number>>
  readonly times: Map<Key, Cells<OwnHistogram>>
  readonly levels: Map<Key, Cells<OwnLevels>>
}

/** A table without curves. */
export function emptyTable(): CellTable {
  return { counts: new Map(), times: new Map(), levels: new Map() }
}

/** Adds a change to a curve; `length` is that of a window, ms. */
export function addTo(table: CellTable, key: Key, change: Change, length: number): void {
  const start = windowOf(change.at, length)
  if (change.kind === 'counter') add(cellsOf(table.counts, key), start, change.by, counters)
  else if (change.kind === 'histogram') add(cellsOf(table.times, key), start, change.by, histograms)
  else add(cellsOf(table.levels, key), start, new Map([[change.series, change]]), levels)
}

/** The same curves in windows of `length`, a multiple of what it was. */
export function widened(table: CellTable, length: number): CellTable {
  return {
    counts: wider(table.counts, length, counters),
    times: wider(table.times, length, histograms),
    levels: wider(table.levels, length, levels),
  }
}

/** How values of a cell are added, in place where they can be. */
type Adding<Value, Own extends Value> = Pick<Cumulative<Value, Own>, 'own' | 'addTo'>

/** Of each series the latest value counts. */
const levels: Adding<Levels, OwnLevels> = {
  own: (given) => new Map(given),
  addTo: (own, more) => {
    for (const [series, { at, value }] of more) {
      const known = own.get(series)
      if (!known || at >= known.at) own.set(series, { at, value })
    }
    return own
  },
}

function wider<Value, Own extends Value>(
  curves: ReadonlyMap<Key, Cells<Own>>,
  length: number,
  how: Adding<Value, Own>,
): Map<Key, Cells<Own>> {
  const all = new Map<Key, Cells<Own>>()
  for (const [key, cells] of curves) {
    const fewer: Cells<Own> = new Map()
    for (const [start, value] of cells) add(fewer, windowOf(start, length), value, how)
    all.set(key, fewer)
  }
  return all
}

function add<Value, Own extends Value>(
  cells: Cells<Own>,
  start: number,
  value: Value,
  how: Adding<Value, Own>,
): void {
  const known = cells.get(start)
  cells.set(start, known === undefined ? how.own(value) : how.addTo(known, value))
}

function cellsOf<Own>(curves: Map<Key, Cells<Own>>, key: Key): Cells<Own> {
  const known = curves.get(key)
  if (known) return known
  const cells = new Map<number, Own>()
  curves.set(key, cells)
  return cells
}

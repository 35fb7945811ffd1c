import type { Change, Identity } from './changes.ts'
import { merge, type Histogram } from '../prometheus/index.ts'
import type { Key } from './routes.ts'
import { windowOf } from './windows.ts'

/** A value for each window in which there was one, by the window's start (ms). */
export type Cells<Value> = Map<number, Value>

/** The latest value of each series of a Gauge in a window. */
export type Levels = ReadonlyMap<Identity, { readonly at: number; readonly value: number }>

/** Curves by key: counters, histograms and gauges apart. */
export interface CellTable {
  readonly counts: Map<Key, Cells<number>>
  readonly times: Map<Key, Cells<Histogram>>
  readonly levels: Map<Key, Cells<Levels>>
}

/** A table without curves. */
export function emptyTable(): CellTable {
  return { counts: new Map(), times: new Map(), levels: new Map() }
}

/** Adds a change to a curve; `length` is that of a window, ms. */
export function addTo(table: CellTable, key: Key, change: Change, length: number): void {
  const start = windowOf(change.at, length)
  if (change.kind === 'counter') join(cellsOf(table.counts, key), start, change.by, plus)
  else if (change.kind === 'histogram') join(cellsOf(table.times, key), start, change.by, merge)
  else {
    const { series, at, value } = change
    join(cellsOf(table.levels, key), start, new Map([[series, { at, value }]]), latest)
  }
}

/** The same curves in windows of `length`, a multiple of what it was. */
export function widened(table: CellTable, length: number): CellTable {
  return {
    counts: wider(table.counts, length, plus),
    times: wider(table.times, length, merge),
    levels: wider(table.levels, length, latest),
  }
}

const plus = (a: number, b: number): number => a + b

function latest(a: Levels, b: Levels): Levels {
  const both = new Map(a)
  for (const [series, point] of b) {
    const known = both.get(series)
    if (!known || point.at >= known.at) both.set(series, point)
  }
  return both
}

function wider<Value>(
  curves: ReadonlyMap<Key, Cells<Value>>,
  length: number,
  add: (a: Value, b: Value) => Value,
): Map<Key, Cells<Value>> {
  const all = new Map<Key, Cells<Value>>()
  for (const [key, cells] of curves) {
    const fewer: Cells<Value> = new Map()
    for (const [start, value] of cells) join(fewer, windowOf(start, length), value, add)
    all.set(key, fewer)
  }
  return all
}

function join<Value>(
  cells: Cells<Value>,
  start: number,
  value: Value,
  add: (a: Value, b: Value) => Value,
): void {
  const known = cells.get(start)
  cells.set(start, known === undefined ? value : add(known, value))
}

function cellsOf<Value>(curves: Map<Key, Cells<Value>>, key: Key): Cells<Value> {
  const cells = curves.get(key) ?? new Map<number, Value>()
  curves.set(key, cells)
  return cells
}

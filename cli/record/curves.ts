import { addTo, type CellTable, emptyTable, widened } from './cells.ts'
import type { Change, Identity } from './changes.ts'
import { type Key, routerOf, routeWords } from './routes.ts'
import { SIGNALS, type Signal } from './signals.ts'
import { windowOf } from './windows.ts'

/** Curves of a run in progress, the input of a Timeline. Bounded in size, however long the run is. */
export interface Curves {
  add(changes: readonly Change[]): void
  /** The length of a window now (ms): it doubles when there are too many. */
  length(): number
  /** When the first window starts and the last one starts, and the last point, ms; undefined before the first. */
  span(): { readonly first: number; readonly last: number; readonly until: number } | undefined
  table(): CellTable
  /** The rows that it has curves of. */
  readonly signals: readonly Signal[]
}

/** Windows at most; half as many at least, once there were as many. */
const MAX_WINDOWS = 600
/** What is drawn at most of each kind: names with ids in them are an author's mistake, not a reason to fill memory. */
const MOST_KEYS: Readonly<Record<string, number>> = { step: 600, journey: 400, own: 100 }

/** Curves without a point, in windows of `length` ms: those of signals, unless series are routed elsewhere. */
export function createCurves(length: number, signals = SIGNALS, routesOf = routerOf(signals)): Curves {
  const routes = new Map<Identity, readonly Key[]>()
  const keys = new Map<string, Set<Key>>()
  let table = emptyTable()
  let span: { first: number; last: number; until: number } | undefined

  const isRoom = (key: Key): boolean => {
    const kind = routeWords(key)[0] ?? ''
    const known = keys.get(kind) ?? new Set<Key>()
    keys.set(kind, known)
    if (known.has(key)) return true
    if (known.size >= (MOST_KEYS[kind] ?? Infinity)) return false
    known.add(key)
    return true
  }
  const routed = (series: Identity): readonly Key[] => {
    const known = routes.get(series)
    if (known) return known
    const found = routesOf(series).filter(isRoom)
    routes.set(series, found)
    return found
  }
  const reach = (at: number): void => {
    const start = windowOf(at, length)
    span ??= { first: start, last: start, until: at }
    span.first = Math.min(span.first, start)
    span.last = Math.max(span.last, start)
    span.until = Math.max(span.until, at)
    while ((span.last - span.first) / length + 1 > MAX_WINDOWS) {
      length *= 2
      span.first = windowOf(span.first, length)
      span.last = windowOf(span.last, length)
      table = widened(table, length)
    }
  }
  return {
    add(changes) {
      for (const change of changes) {
        reach(change.at)
        for (const key of routed(change.series)) addTo(table, key, change, length)
      }
    },
    length: () => length,
    span: () => span,
    table: () => table,
    signals,
  }
}

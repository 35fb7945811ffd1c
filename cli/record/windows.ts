import type { Change, Identity } from './changes.ts'
import { merge } from '../prometheus/index.ts'

/**
 * What came to the series of one instance in one stretch of time; added up over all windows it is the state of the series.
 * Trap: instances have clocks of their own, so that the last point of one tells nothing of another's.
 */
export interface Window {
  /** When it starts, ms since 1970: a multiple of its length. */
  readonly at: number
  /** The time of its last point. */
  readonly until: number
  /** Of each series what it gained, in the order in which it came. */
  readonly changes: ReadonlyMap<Identity, readonly Change[]>
}

/** Changes that wait for the end of their windows. */
export interface Windows {
  add(changes: readonly Change[]): void
  /** Takes out the windows that ended by then (ms since 1970), ascending; a point that comes later opens one anew. */
  take(by: number): Window[]
}

interface Pending {
  until: number
  readonly changes: Map<Identity, Change[]>
}

/** The start of the window that a time lies in; all in ms. */
export function windowOf(at: number, length: number): number {
  return Math.floor(at / length) * length
}

/** Windows of `length` ms. */
export function createWindows(length: number): Windows {
  const pending = new Map<number, Map<string, Pending>>()
  return {
    add(changes) {
      for (const change of changes) {
        const start = windowOf(change.at, length)
        const instances = pending.get(start) ?? new Map<string, Pending>()
        pending.set(start, instances)
        const { instance } = change.series
        const window = instances.get(instance) ?? { until: change.at, changes: new Map<Identity, Change[]>() }
        instances.set(instance, window)
        window.until = Math.max(window.until, change.at)
        window.changes.set(change.series, put(window.changes.get(change.series), change))
      }
    },
    take(by) {
      const ready = [...pending.keys()].filter((start) => start + length <= by).sort((a, b) => a - b)
      return ready.flatMap((at) => {
        const windows = [...(pending.get(at)?.values() ?? [])]
        pending.delete(at)
        return windows.map((window) => ({ at, ...window }))
      })
    },
  }
}

function put(known: Change[] | undefined, change: Change): Change[] {
  const last = known?.at(-1)
  if (!known || !last) return [change]
  const both = joined(last, change)
  if (both) known[known.length - 1] = both
  else known.push(change)
  return known
}

/** Two changes as one, where nothing is lost by it. */
function joined(a: Change, b: Change): Change | undefined {
  if (a.kind === 'gauge' || b.kind === 'gauge') return a.kind === b.kind ? b : undefined
  if ((a.place === 'earlier') !== (b.place === 'earlier') || b.place === 'new') return undefined
  const at = Math.max(a.at, b.at)
  if (a.kind === 'counter') return b.kind === 'counter' ? { ...a, at, by: a.by + b.by } : undefined
  return b.kind === 'histogram' ? { ...a, at, by: merge(a.by, b.by) } : undefined
}

import type { Mutable } from '../base/index.ts'
import type { Change, Identity } from './changes.ts'
import { copyOf, mergeInto, type OwnHistogram } from '../prometheus/index.ts'

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
  readonly changes: Map<Identity, Held[]>
}

/** A change that a window holds, and adds to in place. */
type Held =
  | Mutable<Of<'counter'>>
  | (Mutable<Omit<Of<'histogram'>, 'by'>> & { readonly by: OwnHistogram })
  | Mutable<Of<'gauge'>>

type Of<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

/** The start of the window that a time lies in; all in ms. */
export function windowOf(at: number, length: number): number {
  return Math.floor(at / length) * length
}

/** Windows of `length` ms. */
export function createWindows(length: number): Windows {
  const pending = new Map<number, Map<string, Pending>>()
  const windowAt = (at: number, instance: string): Pending => {
    const start = windowOf(at, length)
    const instances = pending.get(start) ?? new Map<string, Pending>()
    if (instances.size === 0) pending.set(start, instances)
    const known = instances.get(instance)
    if (known) return known
    const window = { until: at, changes: new Map<Identity, Held[]>() }
    instances.set(instance, window)
    return window
  }
  return {
    add(changes) {
      for (const change of changes) {
        const window = windowAt(change.at, change.series.instance)
        window.until = Math.max(window.until, change.at)
        const held = window.changes.get(change.series)
        const last = held?.at(-1)
        if (last && join(last, change)) continue
        if (held) held.push(hold(change))
        else window.changes.set(change.series, [hold(change)])
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

function hold(change: Change): Held {
  return change.kind === 'histogram' ? { ...change, by: copyOf(change.by) } : { ...change }
}

/** Adds a change to one that is held, where nothing is lost by it, and tells whether it did. */
function join(held: Held, change: Change): boolean {
  if (change.kind === 'gauge') {
    if (held.kind !== 'gauge') return false
    held.at = change.at
    held.value = change.value
    return true
  }
  if (held.kind === 'gauge' || change.place === 'new') return false
  if ((held.place === 'earlier') !== (change.place === 'earlier')) return false
  if (held.kind === 'counter' && change.kind === 'counter') held.by += change.by
  else if (held.kind === 'histogram' && change.kind === 'histogram') mergeInto(held.by, change.by)
  else return false
  held.at = Math.max(held.at, change.at)
  return true
}

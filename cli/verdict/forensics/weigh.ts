import type { FailureEvent } from '../../../lib/catalog.ts'
import type { FailureCluster } from '../../record/index.ts'

/** A failure that was written, with how many it stands for: itself, and those since the last one like it of its VU. */
export interface Weighted extends FailureEvent {
  readonly weight: number
}

/** A cluster with its reports. */
export interface FailureGroup {
  readonly cluster: FailureCluster
  readonly events: readonly Weighted[]
}

/**
 * Gives each event its weight: of one VU's failures of one cause only some are written, each with the count so far.
 * Order does not matter; the weights of a VU's cause add up to its highest count.
 */
export function weighed(events: readonly FailureEvent[]): Weighted[] {
  const series = new Map<string, FailureEvent[]>()
  for (const event of events) {
    // The engine counts by these alone: see `fail` in lib/deferred/event.ts.
    const { vu, journey, step, kind, what, status, code } = event
    const key = JSON.stringify([vu, journey, step, kind, what, status, code])
    const known = series.get(key)
    if (known) known.push(event)
    else series.set(key, [event])
  }
  return [...series.values()].flatMap((list) => {
    let before = 0
    return list
      .sort((a, b) => a.count - b.count)
      .map((event) => {
        const weight = Math.max(0, event.count - before)
        before = Math.max(before, event.count)
        return { ...event, weight }
      })
  })
}

/** The rows that a failure names, by pool: `p=A q=Jane Doe` are a row of `p` and one of `q`. */
export function rowsIn(row: string | undefined): { pool: string; label: string }[] {
  return (row?.split(/ (?=[^ =]+=)/) ?? []).map((text) => {
    const at = text.indexOf('=')
    return at < 0 ? { pool: '', label: text } : { pool: text.slice(0, at), label: text.slice(at + 1) }
  })
}

/** The sum of weights. */
export const weightOf = (events: readonly Weighted[]): number =>
  events.reduce((sum, { weight }) => sum + weight, 0)

/** Weights by what `of` gives, most first; what it gives no answer for is left out. */
export function tally<Key>(
  events: readonly Weighted[],
  of: (event: Weighted) => Key | undefined,
): [key: Key, weight: number][] {
  const weights = new Map<Key, number>()
  for (const event of events) {
    const key = of(event)
    if (key !== undefined) weights.set(key, (weights.get(key) ?? 0) + event.weight)
  }
  return [...weights].sort((a, b) => b[1] - a[1])
}

/** When the first and the last of them happened (Unix time, milliseconds); undefined where none says so. */
export function failureTimes(events: readonly FailureEvent[]): { first: number; last: number } | undefined {
  let [first, last] = [Infinity, -Infinity]
  for (const { at } of events) {
    if (at === undefined) continue
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
  return last < first ? undefined : { first, last }
}

import type { FailureEvent } from './console.ts'

/** Failures with one cause: the same place, the same thing that went wrong. */
export interface FailureCause {
  journey?: string
  step?: string
  kind: FailureEvent['kind']
  what: string
  expected?: string
  got?: string
  status?: number
  origin?: 'tunnel'
  /** At least this many: each VU reports its 1st, 2nd, 4th, 8th … with the count so far. */
  count: number
  /** Rows in use when it happened, most often first, at most ten. */
  rows: string[]
  /** A trace to look at. */
  trace_id?: string
}

/** Groups failures by cause, most frequent first. */
export function causesOf(events: readonly FailureEvent[]): FailureCause[] {
  const causes = new Map<
    string,
    { cause: FailureCause; counts: Map<number, number>; rows: Map<string, number> }
  >()
  for (const event of events) {
    const { journey, step, kind, what, expected, got, status, origin, row, trace_id, vu, count } = event
    const key = JSON.stringify([journey, step, kind, what, status])
    let group = causes.get(key)
    if (!group) {
      const cause = Object.fromEntries(
        Object.entries({ journey, step, kind, what, expected, got, status, origin, trace_id }).filter(
          ([, value]) => value !== undefined,
        ),
      ) as unknown as FailureCause
      group = { cause, counts: new Map(), rows: new Map() }
      causes.set(key, group)
    }
    group.counts.set(vu, Math.max(count, group.counts.get(vu) ?? 0))
    if (row !== undefined)
      for (const one of row.split(/ (?=[^ =]+=)/)) group.rows.set(one, (group.rows.get(one) ?? 0) + 1)
  }
  return [...causes.values()]
    .map(({ cause, counts, rows }) => ({
      ...cause,
      count: [...counts.values()].reduce((sum, count) => sum + count, 0),
      rows: [...rows.entries()]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 10)
        .map(([row]) => row),
    }))
    .sort((a, b) => b.count - a.count)
}

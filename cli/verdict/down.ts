import { REQUESTS, series, type Store } from '../record/index.ts'

/** A target that failed every request. */
export interface Down {
  /** The server's errors with which it answered, most frequent first; none where it never answered. */
  statuses: readonly string[]
  /** Some requests got no answer at all. */
  silent: boolean
  requests: number
}

/** Whether every request of the load got a server error or no answer; undefined if not, or if unknown. */
export function downIn(store: Store): Down | undefined {
  const all = series(store, REQUESTS.all.metric).flatMap((one) =>
    one.kind === 'counter' && one.total > 0 ? [{ labels: one.labels, count: one.total }] : [],
  )
  // What a suite asks before its load says nothing of that.
  const load = all.filter(({ labels }) => labels.group !== '::setup')
  const counts = new Map<string, number>()
  for (const { labels, count } of load.length > 0 ? load : all) {
    const { status = '', expected_response } = labels
    if (expected_response === 'true' || !/^(0|5\d\d)$/.test(status)) return undefined
    counts.set(status, (counts.get(status) ?? 0) + count)
  }
  const requests = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (requests === 0) return undefined
  const statuses = [...counts]
    .sort(([, a], [, b]) => b - a)
    .flatMap(([status]) => (status === '0' ? [] : status))
  return { statuses, silent: counts.has('0'), requests }
}

import { series, type Store } from '../record/index.ts'

/** A target that failed every request. */
export interface Down {
  /** It answered: with errors of a server. */
  answers: boolean
  /** A sentence, such as `the target answered 503 to every request (6): it is failing`. */
  text: string
}

/** Whether every request of the load got a server's error or no answer: undefined where one did not, or nobody can tell. */
export function downIn(store: Store): Down | undefined {
  const all = series(store, 'http_reqs').flatMap((one) =>
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
  if (statuses.length === 0)
    return { answers: false, text: `the target answered none of ${requests} requests` }
  const said = statuses.join(' or ')
  const silent = counts.has('0') ? ', or not at all,' : ''
  return {
    answers: true,
    text: `the target answered ${said}${silent} to every request (${requests}): it is failing`,
  }
}

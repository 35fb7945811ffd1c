import type { FailureCluster } from '../../record/index.ts'

/** How many failures clusters are: several checks on one response are one failure. */
export function failuresIn(groups: readonly { readonly cluster: FailureCluster }[]): {
  count: number
  exact: boolean
} {
  const places = new Map<string, { counts: number[]; exact: boolean }>()
  for (const [index, { cluster }] of groups.entries()) {
    const { kind, journey, step, what, request, status, code, count, exact } = cluster
    const response = kind === 'request' ? what : request
    const key = JSON.stringify(
      status === undefined || kind === 'error' ? [index] : [journey, step, response, status, code],
    )
    const known = places.get(key)
    places.set(key, {
      counts: [...(known?.counts ?? []), count],
      exact: exact && (known?.exact ?? true),
    })
  }
  const all = [...places.values()]
  return {
    count: all.reduce((sum, { counts }) => sum + Math.max(...counts), 0),
    // If checks failed differently often, it is unknown how often they failed together.
    exact: all.every(({ counts, exact }) => exact && counts.every((one) => one === counts[0])),
  }
}

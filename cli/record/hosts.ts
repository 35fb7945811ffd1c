import { series } from './query.ts'
import { countersOf, samplesOf, SIGNALS } from './signals.ts'
import type { Store } from './store.ts'
import { hostIn } from './loadedHosts.ts'

/** Hosts that a record names; a script that loads more of them is no test of a target. */
const MAX_HOSTS = 20

/** Of protocols that the table of signals does not list. */
const UNLISTED = ['browser_http_req_duration']

/** Counts of requests, by k6's own names, with the tag that holds their URL if the script does not name them. */
const COUNTS = [
  ...new Set([...SIGNALS.flatMap(countersOf), ...SIGNALS.flatMap(samplesOf)].map(({ metric }) => metric)),
  ...UNLISTED,
]

/**
 * The hosts that a run's series name, most series first, and whether some requests have names that hide theirs: k6 writes
 * a request's name in the place of its URL where it has one.
 */
export function hostsOf(store: Store): { hosts: string[]; hidden: boolean } {
  const counts = new Map<string, number>()
  let hidden = false
  for (const metric of COUNTS)
    for (const { labels } of series(store, metric)) {
      const host = hostIn(labels.url ?? '') ?? hostIn(labels.name ?? '')
      if (host === undefined) hidden = true
      else counts.set(host, (counts.get(host) ?? 0) + 1)
    }
  return { hosts: [...counts].sort(([, a], [, b]) => b - a).map(([host]) => host), hidden }
}

/** The hosts that a run loaded: those of its series, and those that were expected where names hide some. */
export function contacted(store: Store, expected: readonly string[] = []): string[] {
  const { hosts, hidden } = hostsOf(store)
  return [...new Set([...hosts, ...(hidden ? expected : [])])].slice(0, MAX_HOSTS)
}

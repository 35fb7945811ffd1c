import type { Push, Store } from '../../record/index.ts'
import type { Sign } from './roster.ts'

/** How a push came: when (ms since 1970), and by which connection. */
type Came = Pick<Sign, 'at' | 'connection' | 'isLive'>

/** What a push tells of who sent it, and how many samples it has. */
export function signOf({ series }: Push, store: Store, came: Came): Sign & { samples: number } {
  const { labels: first = {} } = series[0] ?? {}
  let until = -Infinity
  let count = 0
  let isEnd = false
  let tick: number | undefined
  let [from, to] = [Infinity, -Infinity]
  const see = (at: number, isLoad: boolean): void => {
    until = Math.max(until, at)
    if (!isLoad) return
    from = Math.min(from, at)
    to = Math.max(to, at)
  }
  for (const { name, labels, samples, histograms } of series) {
    const isScenario = labels.scenario !== undefined
    for (const { at, value } of samples) {
      // A stale marker: k6 sends one for each of its series when it ends.
      const isMarker = Number.isNaN(value)
      isEnd ||= isMarker
      if (name === VUS && !isMarker) tick = at
      see(at, !isMarker && (isScenario || (name === VUS && value > 0)))
    }
    for (const { at } of histograms) see(at, isScenario)
    count += samples.length + histograms.length
  }
  return {
    id: first.instance_id ?? '',
    region: first.region,
    ...came,
    until,
    isEnd,
    load: to >= from ? { from, until: to } : undefined,
    tick,
    restarts: store.restarts(first),
    samples: count,
  }
}

/** The VUs that are at work, under the name by which k6 writes it. */
const VUS = 'k6_vus'

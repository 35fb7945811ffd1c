import { series } from './query.ts'
import type { Store } from './store.ts'
import type { Where } from './where.ts'

/** What a script calls something in a journey, and the series that are of it in the judged phases. */
export interface NamedPlace {
  readonly journey: string
  /** Its address where the script gives it no name. */
  readonly name: string
  readonly where: Where
}

/** Names that a record keeps of a protocol: addresses are no names, and may be thousands. */
const MAX_NAMES = 50

/** The names under which some metrics were measured in the judged phases, in the order in which they were first seen. */
export function namedPlaces(
  store: Store,
  metrics: readonly string[],
  judged: readonly string[],
): NamedPlace[] {
  const phases: Where = judged.length > 0 ? { phase: [...judged, ''] } : {}
  const keys = metrics
    .flatMap((metric) => series(store, metric, phases))
    // What k6 asks by itself, as for the definitions of a service, nobody has named.
    .filter(({ labels: { name, url } }) => [name, url].some(Boolean))
    .sort((a, b) => a.first - b.first)
    .map(({ labels: { journey = '', name = '', url = '' } }) => JSON.stringify([journey, name, url]))
  return [...new Set(keys)].slice(0, MAX_NAMES).map((key) => {
    const [journey = '', name = '', url = ''] = JSON.parse(key) as string[]
    return { journey, name: name || url, where: { ...phases, journey, name, url } }
  })
}

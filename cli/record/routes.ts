import { K6_METRICS } from '../../config/thresholds/metricKinds.ts'
import { CATALOG } from '../../lib/catalog.ts'
import type { Identity } from './changes.ts'

/** The curves that a series adds to, each by a key of its words. */
export type Key = string

/** The key of a curve: `requests`, `requests failed`, `step browse "open home" failed` … */
export function keyOf(...words: readonly string[]): Key {
  return JSON.stringify(words)
}

/** The words of a key. */
export function wordsOf(key: Key): string[] {
  return JSON.parse(key) as string[]
}

/** What k6 calls each kind of metric when it pushes it. */
const SUFFIXES = ['_total', '_seconds', '_bytes', '_rate', '']

/** The metrics that k6 and the library emit by themselves. */
export const COMMON_METRICS: ReadonlySet<string> = new Set([
  ...Object.keys(K6_METRICS),
  ...Object.keys(CATALOG),
])

const COMMON = new Set(
  [...COMMON_METRICS].flatMap((metric) => SUFFIXES.map((suffix) => `k6_${metric}${suffix}`)),
)

/** Which curves a series adds to; none for most of k6's own. A Rate has no denominator, so it adds to none. */
export function routesOf({ name, labels }: Identity): Key[] {
  const { journey, step, expected_response } = labels
  const whose: string[][] = []
  if (journey !== undefined && step !== undefined) whose.push(['step', journey, step])
  const ofJourney = (word: string): Key[] => (journey === undefined ? [] : [keyOf('journey', journey, word)])
  switch (name) {
    case 'k6_http_reqs_total': {
      const words = expected_response === 'false' ? ['count', 'failed'] : ['count']
      return [['requests'], ...whose].flatMap((of) => words.map((word) => keyOf(...of, word)))
    }
    case 'k6_http_req_duration_seconds':
      return [keyOf('requests', 'time')]
    case 'k6_group_duration_seconds':
      return whose.map((of) => keyOf(...of, 'time'))
    case 'k6_iterations_total':
      return [keyOf('iterations')]
    case 'k6_dropped_iterations_total':
      return [keyOf('dropped')]
    case 'k6_checks_succeeded_total':
      return [keyOf('checks', 'count')]
    case 'k6_checks_failed_total':
      return [keyOf('checks', 'count'), keyOf('checks', 'failed')]
    case 'k6_journeys_started_total':
      return ofJourney('started')
    case 'k6_journeys_completed_total':
      return ofJourney('count')
    case 'k6_journeys_failed_total':
      return [...ofJourney('count'), ...ofJourney('failed')]
    case 'k6_journey_duration_seconds':
      return ofJourney('time')
    case 'k6_vus':
      return [keyOf('vus')]
    case 'k6_vus_max':
      return [keyOf('vusMax')]
    default:
      return COMMON.has(name) || name.endsWith('_rate') ? [] : [keyOf('own', name)]
  }
}

import type { Sample } from '../../testing/types.ts'
import { DROPPED_LABELS, labelOf } from './sm.ts'

/** What a monitor would publish, roughly: the number of its series, and the bytes of their text. */
export interface SeriesEstimate {
  series: number
  bytes: number
}

type Tags = Readonly<Record<string, string>>
type Derive = readonly (readonly [name: string, extra?: Tags, without?: readonly string[]])[]

const phase = (name: string): Derive => [['http_duration_seconds', { phase: name }]]

/** What the output makes of k6's own metrics: names, and the labels that it adds. */
const DERIVED: Readonly<Record<string, Derive>> = {
  http_reqs: [
    ['http_requests_total'],
    ['http_info'],
    ['http_ssl'],
    ['http_got_expected_response'],
    ['http_error_code'],
    ['http_status_code'],
    ['http_version'],
  ],
  http_req_failed: [['http_requests_failed_total'], ['http_requests_failed']],
  http_req_duration: [['http_total_duration_seconds'], ['http_duration_seconds', { phase: 'resolve' }]],
  http_req_blocked: phase('blocked'),
  http_req_connecting: phase('connect'),
  http_req_tls_handshaking: phase('tls'),
  http_req_sending: phase('sending'),
  http_req_waiting: phase('processing'),
  http_req_receiving: phase('transfer'),
  checks: [
    ['check_success_rate'],
    ['checks_total', { result: 'pass' }],
    ['checks_total', { result: 'fail' }],
  ],
  // An iteration has sent and received something too, under the tags that it ends with.
  iteration_duration: [['iteration_duration_seconds'], ['data_sent_bytes'], ['data_received_bytes']],
  vus: [],
  vus_max: [],
  iterations: [],
  data_sent: [],
  data_received: [],
}

/** The longest text of a value: an estimate knows none, and six decimals are always printed. */
const VALUE = ' 1000.000000\n'.length

/**
 * Estimates what the samples of a single pass become in Synthetic Monitoring: 17 series for each distinct set of tags of
 * a request, 3 for each check, one for each of any other metric, and the text that they take, as over TLS. It errs on
 * the side of too many.
 */
export function estimateSeries(samples: readonly Sample[]): SeriesEstimate {
  const lines = new Set<string>()
  for (const { metric, tags } of samples) {
    // The output drops every series with a resource type but a document's.
    if (!['', 'document', undefined].includes(tags.resource_type)) continue
    for (const [name, extra] of DERIVED[metric] ?? [[metric] as const])
      lines.add(lineOf(name, { ...tags, ...extra, ...(metric.startsWith('http_req') && TLS) }))
  }
  if (lines.size > 0) lines.add(lineOf('script_duration_seconds', {}))
  const bytes = [...lines].reduce((sum, line) => sum + Buffer.byteLength(line) + VALUE, 0)
  return { series: lines.size, bytes }
}

const TLS: Tags = { tls_version: 'tls1.3' }

function lineOf(name: string, tags: Tags): string {
  const labels = Object.entries(tags)
    .filter(([key, value]) => !DROPPED_LABELS.includes(key) && !(key === 'group' && value === ''))
    .map(([key, value]) => `${labelOf(key)}=${JSON.stringify(value)}`)
  return `probe_${name}{${labels.sort().join(',')}}`
}

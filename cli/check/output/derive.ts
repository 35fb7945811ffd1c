import type { Aggregate } from './aggregate.ts'
import type { Tags } from './sample.ts'

/** k6's metrics of which nothing is published. */
const DROPPED: readonly string[] = ['vus', 'vus_max', 'iterations']

/** The parts of a request's time, by the names that a check's own metrics give them. */
const PHASES: Readonly<Record<string, string>> = {
  http_req_blocked: 'blocked',
  http_req_connecting: 'connect',
  http_req_tls_handshaking: 'tls',
  http_req_sending: 'sending',
  http_req_waiting: 'processing',
  http_req_receiving: 'transfer',
}

type Derivation = (from: Aggregate) => Aggregate[]

/** What is published in place of a metric of k6's; every other is published as it is. */
const DERIVED: Readonly<Record<string, Derivation>> = {
  http_reqs: (from) => [{ ...from, name: 'http_requests_total', kind: 'counter' }, ...responseOf(from)],
  http_req_failed: (from) => [
    made(from, { name: 'http_requests_failed_total', value: Math.round(from.count * from.value) }),
    { ...from, name: 'http_requests_failed' },
  ],
  http_req_duration: (from) => [
    made(from, { name: 'http_total_duration_seconds', value: from.value / 1000 }),
    phase(from, 'resolve', 0),
  ],
  iteration_duration: (from) => [
    made(from, { name: 'iteration_duration_seconds', value: from.value / 1000 }),
  ],
  data_sent: (from) => [{ ...from, name: 'data_sent_bytes' }],
  data_received: (from) => [{ ...from, name: 'data_received_bytes' }],
  checks: (from) => [
    { ...from, name: 'check_success_rate' },
    checksTotal(from, 'pass', from.value),
    checksTotal(from, 'fail', 1 - from.value),
  ],
}

/** The series that the agent's output makes of an aggregated metric of k6's. */
export function derive(from: Aggregate): Aggregate[] {
  if (DROPPED.includes(from.name)) return []
  const name = Object.hasOwn(PHASES, from.name) ? PHASES[from.name] : undefined
  if (name !== undefined) return [phase(from, name, from.value / 1000)]
  return Object.hasOwn(DERIVED, from.name) ? (DERIVED[from.name]?.(from) ?? []) : [from]
}

/** What the tags of a request say of its response, as numbers. */
function responseOf(from: Aggregate): Aggregate[] {
  const { tls_version: tls, expected_response: expected, error_code: code, status, proto } = from.tags
  const version = proto === undefined ? undefined : versionOf(proto)
  const gauge = (name: string, value: number, tags: Tags = from.tags): Aggregate =>
    made(from, { name, value, tags, kind: 'gauge' })
  return [
    gauge(
      'http_info',
      1,
      tls === undefined ? from.tags : { ...from.tags, tls_version: tls.replace(/^tls/, '') },
    ),
    gauge('http_ssl', tls === undefined ? 0 : 1),
    gauge('http_got_expected_response', expected === 'true' ? 1 : 0),
    gauge('http_error_code', numberOf(code) ?? 0),
    gauge('http_status_code', numberOf(status) ?? 0),
    ...(version === undefined ? [] : [gauge('http_version', version)]),
  ]
}

const versionOf = (proto: string): number | undefined =>
  numberOf(
    proto
      .toLowerCase()
      .replace(/^http\//, '')
      .replace(/^h/, ''),
  )

/** A number as a tag has it, rounded to 32 bits as the agent's output does. */
const numberOf = (text = ''): number | undefined =>
  /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Math.fround(Number(text)) : undefined

/** A new series; `value` is no mean of samples any more. */
const made = (
  from: Aggregate,
  change: { name: string; value: number; tags?: Tags; kind?: Aggregate['kind'] },
): Aggregate => ({ ...from, ...change, count: 1 })

const phase = (from: Aggregate, name: string, value: number): Aggregate =>
  made(from, { name: 'http_duration_seconds', value, tags: { ...from.tags, phase: name } })

const checksTotal = (from: Aggregate, result: string, share: number): Aggregate =>
  made(from, { name: 'checks_total', value: Math.round(share * from.count), tags: { ...from.tags, result } })

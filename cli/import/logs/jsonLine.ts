import { parseJson } from '../../base/index.ts'
import { isRecord, type Raw } from '../studio/raw.ts'
import { clfTime } from './clfTime.ts'
import { requestLine, type LogEntry } from './entry.ts'

/** What the fields are called by nginx, Envoy and Istio, Traefik; Caddy has them in `request`. */
const NAMES = {
  method: ['request_method', 'method', 'RequestMethod'],
  target: ['request_uri', 'RequestPath', 'path', 'uri', 'url'],
  status: ['status', 'response_code', 'DownstreamStatus', 'status_code'],
  time: [
    'time_iso8601',
    'start_time',
    'StartUTC',
    'ts',
    'msec',
    '@timestamp',
    'timestamp',
    'time',
    'time_local',
  ],
  agent: ['http_user_agent', 'user_agent', 'request_User-Agent', 'agent'],
} as const

/** Reads a line of JSON of nginx, Caddy, Traefik, Envoy or Istio; undefined where it is none. */
export function readJsonLine(line: string): LogEntry | undefined {
  const raw = parseJson(line)
  if (!isRecord(raw)) return undefined
  const inner = isRecord(raw.request) ? raw.request : {}
  const at = timeOf(first(raw, NAMES.time))
  const asked = typeof raw.request === 'string' ? requestLine(raw.request) : undefined
  const method = first(raw, NAMES.method) ?? inner.method ?? asked?.method
  const target = first(raw, NAMES.target) ?? inner.uri ?? asked?.target
  if (Number.isNaN(at) || typeof method !== 'string' || typeof target !== 'string' || target === '')
    return undefined
  const query =
    raw.request_uri === undefined && typeof raw.args === 'string' && raw.args !== '' ? `?${raw.args}` : ''
  return {
    at,
    method: method.toUpperCase(),
    target: target.includes('?') ? target : target + query,
    status: Number(first(raw, NAMES.status)) || 0,
    seconds: secondsOf(raw),
    agent: agentOf(raw, inner),
  }
}

const first = (raw: Raw, names: readonly string[]): unknown =>
  raw[names.find((name) => raw[name] !== undefined && raw[name] !== null && raw[name] !== '-') ?? '']

/** A time in ISO 8601, as nginx writes one, in seconds or in milliseconds. */
function timeOf(value: unknown): number {
  const number = typeof value === 'number' ? value : /^[\d.]+$/.test(String(value)) ? Number(value) : NaN
  if (!Number.isNaN(number)) return number > 1e11 ? number : number * 1000
  if (typeof value !== 'string') return NaN
  const at = clfTime(value)
  return Number.isNaN(at) ? Date.parse(value) : at
}

/** nginx and Caddy write seconds, Envoy milliseconds, Traefik nanoseconds. */
function secondsOf(raw: Raw): number | undefined {
  const { request_time: nginx, Duration: traefik, duration } = raw
  const own = nginx ?? traefik ?? duration
  const value = Number(own)
  if (own === undefined || own === null || own === '' || !(value >= 0)) return undefined
  if (nginx !== undefined) return value
  if (traefik !== undefined) return value / 1e9
  return isRecord(raw.request) ? value : value / 1000
}

function agentOf(raw: Raw, inner: Raw): string {
  const own = first(raw, NAMES.agent) ?? (isRecord(inner.headers) ? inner.headers['User-Agent'] : undefined)
  const [value] = Array.isArray(own) ? (own as unknown[]) : [own]
  return typeof value === 'string' ? value : ''
}

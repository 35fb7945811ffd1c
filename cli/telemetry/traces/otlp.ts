import type { SpanEvent, SpanPart } from '../../../lib/catalog.ts'
import { version } from '../../base/index.ts'

/** What is known of the run that all spans are of, by OpenTelemetry's names. */
export type Resource = Readonly<Record<string, string>>

/** The resource of a run's spans. */
export function resourceOf(run: { id: string; suite: string; environment: string; k6: string }): Resource {
  return {
    'service.name': 'loadwright',
    'service.version': version,
    // k6's word, as the series of the run have it; the others are OpenTelemetry's.
    testid: run.id,
    'test.suite.name': run.suite,
    'deployment.environment.name': run.environment,
    'k6.version': run.k6,
  }
}

/** A span as OTLP's JSON has it: ids in hex, enums as numbers, 64-bit numbers as texts. */
export interface OtlpSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: Attribute[]
  status: { code?: number; message?: string }
}

interface Attribute {
  key: string
  value: { stringValue: string } | { intValue: string } | { doubleValue: number } | { boolValue: boolean }
}

/** opentelemetry-proto, trace.proto: SpanKind, StatusCode. */
const KIND = { internal: 1, client: 3 } as const
const ERROR_STATUS_CODE = 2

/** The spans of an event. What is of no step has a root where it is more than one. */
export function encode({ trace_id, tags, spans: [first, ...parts] }: SpanEvent): OtlpSpan[] {
  if (!first || (first.name === undefined && parts.length === 0)) return []
  const named = first.name !== undefined
  const at = first.at ?? Math.min(...parts.map((part) => part.at ?? Infinity))
  // A clock of whole milliseconds lets a request end a little after its step.
  const end = Math.max(at + (first.ms ?? 0), ...parts.map((part) => (part.at ?? at) + (part.ms ?? 0)))
  const alone = !named && parts.length === 1
  const root = { ...first, name: first.name ?? 'batch', at, ms: end - at }
  const common = Object.entries(tags)
    .filter(([name, value]) => name !== 'group' && value !== '')
    .map(([name, value]) => attribute(`loadwright.${name}`, value))
  return [...(alone ? [] : [root]), ...parts].map((part) => {
    const from = part.at ?? at
    return {
      traceId: trace_id,
      spanId: part.id,
      ...(alone || part.parent === undefined ? {} : { parentSpanId: part.parent }),
      name: part.method === undefined ? (part.name ?? '') : `${part.method} ${part.name}`,
      kind: part.method === undefined ? KIND.internal : KIND.client,
      startTimeUnixNano: nanos(from),
      endTimeUnixNano: nanos(part.ms === undefined ? Math.max(end, from) : from + part.ms),
      attributes: [...common, ...requestAttributes(part)],
      status: part.error === undefined ? {} : { code: ERROR_STATUS_CODE, message: part.error },
    }
  })
}

/** Spans as the JSON of an ExportTraceServiceRequest. */
export function payload(spans: readonly OtlpSpan[], resource: Resource): object {
  const attributes = Object.entries(resource).map(([key, value]) => attribute(key, value))
  return {
    resourceSpans: [
      { resource: { attributes }, scopeSpans: [{ scope: { name: 'loadwright', version }, spans }] },
    ],
  }
}

/** What OpenTelemetry's conventions for HTTP client spans ask for. */
function requestAttributes({ method, url, status, error }: SpanPart): Attribute[] {
  if (method === undefined) return []
  const at = url !== undefined && URL.canParse(url) ? new URL(url) : undefined
  const port = at?.port === '' ? (at.protocol === 'https:' ? 443 : 80) : at && Number(at.port)
  const answered = status === 0 ? undefined : status
  const known = {
    'http.request.method': method,
    'url.full': url,
    'server.address': at?.hostname,
    'server.port': port,
    'http.response.status_code': answered,
    'error.type': error === undefined ? undefined : String(answered ?? '_OTHER'),
  }
  return Object.entries(known).flatMap(([key, value]) => (value === undefined ? [] : [attribute(key, value)]))
}

function attribute(key: string, value: string | number | boolean): Attribute {
  if (typeof value === 'string') return { key, value: { stringValue: value } }
  if (typeof value === 'boolean') return { key, value: { boolValue: value } }
  return { key, value: Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value } }
}

const nanos = (ms: number): string => (BigInt(Math.round(ms * 1000)) * 1000n).toString()

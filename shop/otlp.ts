import { setTimeout as sleep } from 'node:timers/promises'

/** A finished span of a service; times in ms since 1970. */
export interface Span {
  readonly service: string
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly start: number
  readonly end: number
  readonly failed: boolean
  readonly attributes?: Readonly<Record<string, string | number>>
}

/** Sends spans in batches; what a collector does not take is lost, and never held against the shop. */
export interface Exporter {
  add(span: Span): void
  /** Sends what is left, for 2 s at most. */
  close(): Promise<void>
}

const MAX_QUEUED = 10_000
const BATCH_SIZE = 512
const EVERY_MS = 1000
/** For a collector that is slow or busy: spans that it does not take are lost. */
const TIMEOUT_MS = 10_000
const SERVER_KIND = 2
const ERROR_STATUS = 2

/** An exporter by OTLP/HTTP JSON to `<base>/v1/traces`. */
export function exportTo(base: string): Exporter {
  const url = `${base.replace(/\/+$/, '')}/v1/traces`
  const queue: Span[] = []
  let sending = Promise.resolve()

  const send = () =>
    (sending = sending.then(async () => {
      for (let batch = queue.splice(0, BATCH_SIZE); batch.length > 0; batch = queue.splice(0, BATCH_SIZE))
        if (!(await post(url, batch))) return void (queue.length = 0)
    }))

  const timer = setInterval(() => queue.length > 0 && void send(), EVERY_MS).unref()
  return {
    add(span) {
      if (queue.length < MAX_QUEUED) queue.push(span)
      if (queue.length === BATCH_SIZE) void send()
    },
    close() {
      clearInterval(timer)
      return Promise.race([send(), sleep(TIMEOUT_MS, undefined, { ref: false })])
    },
  }
}

async function post(url: string, spans: readonly Span[]): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(otlpPayload(spans)),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

/** Spans as the JSON of an ExportTraceServiceRequest, one resource a service. */
export function otlpPayload(spans: readonly Span[]) {
  return {
    resourceSpans: [...new Set(spans.map((span) => span.service))].map((service) => ({
      resource: { attributes: [attribute('service.name', service)] },
      scopeSpans: [
        {
          scope: { name: 'loadwright/shop' },
          spans: spans.filter((span) => span.service === service).map(encode),
        },
      ],
    })),
  }
}

const encode = (span: Span) => ({
  traceId: span.traceId,
  spanId: span.spanId,
  ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
  name: span.name,
  kind: SERVER_KIND,
  startTimeUnixNano: nanos(span.start),
  endTimeUnixNano: nanos(span.end),
  attributes: Object.entries(span.attributes ?? {}).map(([key, value]) => attribute(key, value)),
  status: span.failed ? { code: ERROR_STATUS } : {},
})

const nanos = (ms: number): string => (BigInt(Math.round(ms * 1000)) * 1000n).toString()

const attribute = (key: string, value: string | number) => ({
  key,
  value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
})

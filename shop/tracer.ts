import { exportTo } from './otlp.ts'
import { stream } from './random.ts'
import type { RouteName } from './routes.ts'
import { CALLS, place, type PlacedSpan } from './spans.ts'
import { newSpanId, newTraceId, parseTraceparent } from './traceparent.ts'

/** One answered request; times in ms since 1970, `failed` is the service that failed it. */
export interface ServedRequest {
  readonly traceparent: string | undefined
  readonly method: string
  readonly path: string
  readonly route?: RouteName | undefined
  readonly status: number
  readonly start: number
  readonly end: number
  readonly failed?: string | undefined
}

/** Turns answered requests into spans. */
export interface Tracer {
  record(request: ServedRequest): void
  close(): Promise<void>
}

/** Where spans go: an OTLP/HTTP base URL, and the share of spans that is lost on the way (0 to 1). */
export interface TraceOptions {
  url: string
  drop?: number
}

/** A tracer that exports a server span a request, child of the caller's, and spans of the services behind it. */
export function startTracer({ url, drop = 0 }: TraceOptions, seed: number): Tracer {
  const exporter = exportTo(url)
  const random = stream(seed, 'dropped spans')

  function add(traceId: string, parentSpanId: string, spans: readonly PlacedSpan[]): void {
    for (const { children, ...span } of spans) {
      const spanId = newSpanId()
      if (random() >= drop) exporter.add({ ...span, traceId, spanId, parentSpanId })
      add(traceId, spanId, children)
    }
  }

  return {
    record(request) {
      const parent = parseTraceparent(request.traceparent)
      const traceId = parent?.traceId ?? newTraceId()
      const spanId = newSpanId()
      const attributes = {
        'http.request.method': request.method,
        'url.path': request.path,
        'http.response.status_code': request.status,
      }
      if (random() >= drop)
        exporter.add({
          service: 'frontend',
          name: request.method,
          traceId,
          spanId,
          ...(parent === undefined ? {} : { parentSpanId: parent.spanId }),
          start: request.start,
          end: request.end,
          failed: request.status >= 500,
          attributes,
        })
      const refused = request.status >= 400 && request.failed === undefined
      if (request.route === undefined || refused) return
      add(traceId, spanId, place(CALLS[request.route] ?? [], request.start, request.end, request.failed))
    },
    close: () => exporter.close(),
  }
}

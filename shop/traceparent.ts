import { randomUUID } from 'node:crypto'

/** The caller's place in a trace: ids in hex. */
export interface Parent {
  readonly traceId: string
  readonly spanId: string
}

const FORM = /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}(-.*)?$/

/** Reads a W3C `traceparent`, whatever its flags; undefined when it is absent or invalid. */
export function parseTraceparent(header: string | undefined): Parent | undefined {
  const [, traceId = '', spanId = ''] = FORM.exec(header ?? '') ?? []
  return /[^0]/.test(traceId) && /[^0]/.test(spanId) ? { traceId, spanId } : undefined
}

/** A new trace id. */
export const newTraceId = (): string => randomUUID().replaceAll('-', '')

/** A new span id. */
export const newSpanId = (): string => randomUUID().replaceAll('-', '').slice(16)

import { beginTrace } from './beginTrace.ts'
import { contextHeaders } from './contextHeaders.ts'
import { openStep } from './openStep.ts'

/**
 * The headers `traceparent` and `baggage` for a request that the client does not make: with `k6/http` itself, as those of
 * a WebSocket, or as metadata of gRPC. Ask for them anew for each request: each has a span id of its own.
 */
export const traceHeaders = (): { traceparent: string; baggage: string } =>
  contextHeaders(openStep ?? beginTrace())

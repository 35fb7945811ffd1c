import { beginTrace } from './beginTrace.ts'
import { iteration } from './iteration.ts'
import { openStep } from './openStep.ts'
import { runId } from './run.ts'
import { baggage, traceparent } from './trace.ts'

/**
 * The headers `traceparent` and `baggage` for a request that the client does not make: with `k6/http` itself, as those of
 * a WebSocket, or as metadata of gRPC. Ask for them anew for each request: each has a span id of its own.
 */
export const traceHeaders = (): { traceparent: string; baggage: string } => ({
  traceparent: traceparent(openStep ?? beginTrace()),
  baggage: baggage(runId(), iteration?.journey, openStep?.name),
})

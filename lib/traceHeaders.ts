import { iteration } from './iteration.ts'
import { runId } from './run.ts'
import { openStep } from './step.ts'
import { baggage, beginTrace, traceparent } from './trace.ts'

/**
 * The headers `traceparent` and `baggage` for a request that the client does not make: with `k6/http` itself, as those of
 * a WebSocket, or as metadata of gRPC. Ask for them anew for each request: each has a span id of its own.
 */
export const traceHeaders = (): { traceparent: string; baggage: string } => ({
  traceparent: traceparent(openStep ?? beginTrace()),
  baggage: baggage(runId(), iteration?.journey, openStep?.name),
})

import { iteration } from './iteration.ts'
import { openStep } from './openStep.ts'
import { runId } from './run.ts'
import { baggage, traceparent, type Trace } from './trace.ts'

/** `traceparent` and `baggage` of a request in a trace, with a span id of its own. */
export const contextHeaders = (trace: Trace): { traceparent: string; baggage: string } => ({
  traceparent: traceparent(trace),
  baggage: baggage(runId(), iteration?.journey, openStep?.name),
})

/** Exports a run's client spans to an OpenTelemetry collector. */
export { collectorOf, type Collector } from './collector.ts'
export { warningOf } from './post.ts'
export { resourceOf, type Resource } from './otlp.ts'
export { startTraces, type Traces, type TracesOptions } from './traces.ts'

/** Emulates Grafana Synthetic Monitoring's agent: runs a script as it does, judges it, derives what it publishes. */
export { observe, type Observation } from './observe.ts'
export { prepared, type Prepared, type Wish } from './prepare.ts'
export { availability, jsonOf, lineOfMany, seriesText, textOf } from './report.ts'
export { temporaryFolder } from './temporary.ts'
// The pure parts, for whoever has samples but no run.
export { register, type Registered, type Series } from './registry.ts'
export { samplesOf, type Sample } from './sample.ts'
export { outputOf } from './series.ts'
export { cutText } from './text.ts'

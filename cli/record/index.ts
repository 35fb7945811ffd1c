/**
 * The recorder: k6's native-histogram remote write, received on loopback, kept per series and window, read back by
 * k6's names.
 */
export { RecordError } from '../prometheus/errors.ts'
export { histogramOf, merge, mean, type Histogram } from '../prometheus/histogram.ts'
export { PUSH_INTERVAL } from './interval.ts'
export { decodeWrite, encodeWrite, type Labels, type Point, type Pushed } from '../prometheus/protocol.ts'
export { betweenRanks, quantile, slices } from '../prometheus/quantile.ts'
export { QUIET } from './quiet.ts'
export {
  distribution,
  level,
  series,
  total,
  values,
  type Distribution,
  type Series,
  type Unit,
  type Where,
} from './query.ts'
export { startReceiver } from './receiver.ts'
export { readRecorded, type RecordedRun } from './recorded.ts'
export { openRecorder, type Recorder } from './recorder.ts'
export type { Change } from './changes.ts'
export { createPace } from './pace.ts'
export { createStore, type Store } from './store.ts'
export type { Timeline } from './timeline.ts'
export type { TimelineAbout } from './timelineOf.ts'

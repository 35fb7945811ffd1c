/**
 * The recorder: k6's native-histogram remote write, received on loopback, kept per series and window, read back by
 * k6's names.
 */
export { RecordError } from './errors.ts'
export type { Change, Identity } from './changes.ts'
export { histogramOf, increase, mean, merge, rescale, subtract, type Histogram } from './histogram.ts'
export { SERIES_FILE } from './journal.ts'
export { decodeWrite, encodeWrite, type Labels, type Point, type Pushed } from './protocol.ts'
export { quantile, shareUnder, slices, type Slice } from './quantile.ts'
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
export { startReceiver, type Receiver, type ReceiverOptions } from './receiver.ts'
export { readRecorded, type RecordedRun } from './recorded.ts'
export { openRecorder, type Recorder, type RecorderOptions } from './recorder.ts'
export { createStore, type Recorded, type Store } from './store.ts'
export type { Curve, Heatmap, StepCurves, TimeCurves, Timeline } from './timeline.ts'
export type { TimelineAbout } from './timelineOf.ts'
export { createWindows, type Window, type Windows } from './windows.ts'

/**
 * The recorder: k6's native-histogram remote write, received on loopback, kept per series, read back by k6's
 * names.
 */
export { RecordError } from './errors.ts'
export { histogramOf, mean, merge, rescale, restarted, subtract, type Histogram } from './histogram.ts'
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
export { createStore, type Recorded, type Store } from './store.ts'

/** Native histograms, their arithmetic, the remote-write protocol that carries them, and questions to a Prometheus. */
export { sumBuckets, upperBound } from './buckets.ts'
export { BOUNDS, classicOf } from './classic.ts'
export { RecordError } from './errors.ts'
export { bufferOf } from './fields.ts'
export { hasLost, histogramOf, increase, mean, merge, rescaleBuckets, type Histogram } from './histogram.ts'
export { assign, copyOf, mergeInto, type OwnHistogram } from './inPlace.ts'
export { writeRequest } from './messages.ts'
export { isCount, packHistogram, unpackHistogram, type Packed } from './packed.ts'
export { createDecoder, decodeMessage, decodeWrite, notAMessage, unpacked } from './decode.ts'
export { encodeWrite, type Labels, type Point, type Pushed } from './protocol.ts'
export { longestRange, withoutTexts } from './promql.ts'
export { queryAnswer, type QueryAnswer } from './queryAnswer.ts'
export { queryServer, type Query, type QueryServer } from './queryServer.ts'
export { betweenRanks, quantile, quantiles, rankBounds, slices } from './quantile.ts'
export { pack } from './snappy.ts'
export { toWire } from './spans.ts'
export {
  detached,
  isNothing,
  seriesKey,
  labelBytes,
  labelsOf,
  encodedMessage,
  pointAt,
  pointsIn,
  rawSeries,
  samplePoint,
  seriesOf,
  valueOf,
  type RawSeries,
  type WirePoint,
} from './wire.ts'

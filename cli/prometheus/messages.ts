import { Root } from 'protobufjs/light.js'

/**
 * A run of neighbouring buckets: `offset` empty ones after the last run (for the first run: its index), then
 * `length` buckets.
 */
export interface WireSpan {
  readonly offset: number
  readonly length: number
}

/** A native histogram on the wire; of each int/float pair only one is sent, the other reads as 0 or empty. */
export interface WireHistogram {
  readonly countInt: number
  readonly countFloat: number
  readonly sum: number
  readonly schema: number
  readonly zeroThreshold: number
  readonly zeroCountInt: number
  readonly zeroCountFloat: number
  readonly negativeSpans: readonly WireSpan[]
  readonly negativeDeltas: readonly number[]
  readonly negativeCounts: readonly number[]
  readonly positiveSpans: readonly WireSpan[]
  readonly positiveDeltas: readonly number[]
  readonly positiveCounts: readonly number[]
  readonly timestamp: number
}

/** A value at a time, ms. */
export interface WireSample {
  readonly value: number
  readonly timestamp: number
}

/**
 * One series of a push: its labels (the name among them as `__name__`) and what was sent of it; timestamps in
 * ms.
 */
export interface WireSeries {
  readonly labels: readonly { readonly name: string; readonly value: string }[]
  readonly samples: readonly WireSample[]
  readonly histograms: readonly WireHistogram[]
}

const many = (type: string, id: number) => ({ rule: 'repeated', type, id }) as const

/**
 * Field numbers of `prometheus/prompb/{remote,types}.proto`. Exemplars, metadata, reset hints and custom
 * bounds are left out: k6 sends none, and an unknown field is skipped.
 */
const root = Root.fromJSON({
  nested: {
    WriteRequest: { fields: { timeseries: many('TimeSeries', 1) } },
    TimeSeries: {
      fields: { labels: many('Label', 1), samples: many('Sample', 2), histograms: many('Histogram', 4) },
    },
    Label: { fields: { name: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
    Sample: { fields: { value: { type: 'double', id: 1 }, timestamp: { type: 'int64', id: 2 } } },
    BucketSpan: { fields: { offset: { type: 'sint32', id: 1 }, length: { type: 'uint32', id: 2 } } },
    Histogram: {
      fields: {
        countInt: { type: 'uint64', id: 1 },
        countFloat: { type: 'double', id: 2 },
        sum: { type: 'double', id: 3 },
        schema: { type: 'sint32', id: 4 },
        zeroThreshold: { type: 'double', id: 5 },
        zeroCountInt: { type: 'uint64', id: 6 },
        zeroCountFloat: { type: 'double', id: 7 },
        negativeSpans: many('BucketSpan', 8),
        negativeDeltas: many('sint64', 9),
        negativeCounts: many('double', 10),
        positiveSpans: many('BucketSpan', 11),
        positiveDeltas: many('sint64', 12),
        positiveCounts: many('double', 13),
        timestamp: { type: 'int64', id: 15 },
      },
    },
  },
})

/** The message of remote write 1.0, built by reflection: `encode` takes parts of one. */
export const writeRequest = root.lookupType('WriteRequest')

/** A part of the message: `decode` gives a WireSeries. */
export const seriesType = root.lookupType('TimeSeries')

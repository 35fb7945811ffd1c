import { RecordError } from './errors.ts'
import type { Histogram } from './histogram.ts'
import { type WireSeries, type WireWrite, writeRequest } from './messages.ts'
import { pack, unpack } from './snappy.ts'
import { exact, fromWire, toWire } from './spans.ts'

/** A series' labels without its name. */
export type Labels = Readonly<Record<string, string>>

/** A value at a time, in ms since 1970. */
export interface Point<Value> {
  readonly at: number
  readonly value: Value
}

/** Samples of one series in one push, under its Prometheus name (`k6_http_reqs_total`). */
export interface Pushed {
  readonly name: string
  readonly labels: Labels
  readonly samples: readonly Point<number>[]
  readonly histograms: readonly Point<Histogram>[]
}

/** Bytes that a push may unpack to. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024

/**
 * The series in the body of a remote write 1.0 request (Snappy, protobuf); throws a RecordError with the
 * reason.
 */
export function decodeWrite(body: Uint8Array): Pushed[] {
  return decodeMessage(unpacked(body))
}

/** The body of a push, unpacked. Throws a RecordError where it is none. */
export const unpacked = (body: Uint8Array): Uint8Array => unpack(body, MAX_UNPACKED_BYTES)

/** The series in an unpacked push; throws a RecordError with the reason. */
export function decodeMessage(message: Uint8Array): Pushed[] {
  return parsed(message).timeseries.map(read)
}

/** The body of a remote write 1.0 request that holds these series; counts must be integers. */
export function encodeWrite(series: readonly Pushed[]): Uint8Array {
  const timeseries = series.map(({ name, labels, samples, histograms }) => ({
    labels: [['__name__', name], ...Object.entries(labels)]
      .map(([label, value]) => ({ name: label, value }))
      .sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1)),
    samples: samples.map(({ at, value }) => ({ timestamp: at, value })),
    histograms: histograms.map(({ at, value }) => toWire(value, at)),
  }))
  return pack(writeRequest.encode({ timeseries }).finish())
}

function parsed(bytes: Uint8Array): WireWrite {
  try {
    return writeRequest.decode(bytes) as unknown as WireWrite
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new RecordError(`The push is not a remote write 1.0 message: ${reason}.`, { cause: error })
  }
}

function read(series: WireSeries): Pushed {
  const labels = Object.fromEntries(series.labels.map(({ name, value }) => [name, value]))
  const { __name__: name, ...rest } = labels
  if (!name) throw new RecordError('A pushed series has no name.')
  return {
    name,
    labels: rest,
    samples: series.samples.map(({ timestamp, value }) => ({ at: exact(timestamp), value })),
    histograms: series.histograms.map((wire) => ({ at: exact(wire.timestamp), value: fromWire(wire) })),
  }
}

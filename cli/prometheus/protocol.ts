import type { Histogram } from './histogram.ts'
import { writeRequest } from './messages.ts'
import { pack } from './snappy.ts'
import { toWire } from './spans.ts'

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

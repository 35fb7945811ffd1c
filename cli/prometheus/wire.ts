import { Reader, Writer } from 'protobufjs/minimal.js'
import { FIELD, FIXED64, LENGTH_DELIMITED, tagOf, VARINT } from './fields.ts'
import { int64 } from './integers.ts'

/** One value of a series, as the bytes that were pushed: nothing is decoded that is not needed, so every bit is kept. */
export interface WirePoint {
  readonly kind: 'sample' | 'histogram'
  /** Milliseconds since 1970. */
  readonly at: number
  /** A stale marker: from here on the series is no more. */
  readonly stale: boolean
  readonly bytes: Uint8Array
}

/** A series of a push: its labels as bytes, the same in every push of it, and its points by time. */
export interface RawSeries {
  readonly labels: readonly Uint8Array[]
  readonly points: readonly WirePoint[]
}

/** Field numbers of a point. */
const VALUE_FIELD = 1
const COUNT_FIELD = 1
const SUM_FIELD = 3
const TIMESTAMP = { sample: 2, histogram: 15 } as const

/** The stale marker, the double 0x7ff0000000000002, as it lies on the wire. JavaScript need not keep the bits of a NaN. */
export const STALE: Buffer = Buffer.from('020000000000f07f', 'hex')

/** The series of an unpacked push. Throws where it is no remote write 1.0 message. */
export function seriesOf(message: Uint8Array): RawSeries[] {
  return fieldsOf(message)
    .filter(({ field }) => field === FIELD.timeseries)
    .map(({ bytes }) => rawSeries(bytes))
}

/** The unpacked push that holds these series. */
export function encodedMessage(series: readonly RawSeries[]): Uint8Array {
  const writer = Writer.create()
  for (const { labels, points } of series) {
    delimited(writer, FIELD.timeseries).fork()
    for (const label of labels) delimited(writer, FIELD.labels).bytes(label)
    for (const { kind, bytes } of points)
      delimited(writer, kind === 'sample' ? FIELD.samples : FIELD.histograms).bytes(bytes)
    writer.ldelim()
  }
  return writer.finish()
}

/** How many points an unpacked push has. */
export function pointsIn(message: Uint8Array): number {
  return seriesOf(message).reduce((sum, { points }) => sum + points.length, 0)
}

/** What tells a series from all others, in every push. */
export function seriesKey({ labels }: RawSeries): string {
  // Each label says its own length.
  return Buffer.concat(labels).toString('latin1')
}

/** A label's bytes. */
export function labelBytes(name: string, value: string): Uint8Array {
  const writer = Writer.create()
  delimited(writer, 1).string(name)
  return delimited(writer, 2).string(value).finish()
}

/** A series' labels, its name among them as `__name__`. */
export function labelsOf({ labels }: RawSeries): Record<string, string> {
  return Object.fromEntries(
    labels.map((label) => {
      const [name = '', value = ''] = [1, 2].map((number) => {
        const found = fieldsOf(label).find(({ field }) => field === number)
        return found && Buffer.from(found.bytes).toString('utf8')
      })
      return [name, value]
    }),
  )
}

/** A sample with a number, or with a stale marker. */
export function samplePoint(at: number, value: number | 'stale'): WirePoint {
  const bits = Buffer.alloc(8)
  if (value === 'stale') STALE.copy(bits)
  else bits.writeDoubleLE(value)
  const head = Buffer.from([tagOf(VALUE_FIELD, FIXED64)])
  const bytes = Buffer.concat([head, bits, timeBytes('sample', at)])
  return { kind: 'sample', at, stale: value === 'stale', bytes }
}

/** The same value at another time. */
export function pointAt({ kind, stale, bytes }: WirePoint, at: number): WirePoint {
  const reader = Reader.create(bytes)
  const kept: Uint8Array[] = []
  while (reader.pos < reader.len) {
    const from = reader.pos
    const tag = reader.uint32()
    reader.skipType(tag & 7)
    if (tag >>> 3 !== TIMESTAMP[kind]) kept.push(bytes.subarray(from, reader.pos))
  }
  return { kind, at, stale, bytes: Buffer.concat([...kept, timeBytes(kind, at)]) }
}

/** The same point with bytes of its own: otherwise a kept point would keep its complete message in memory. */
export const detached = (point: WirePoint): WirePoint => ({ ...point, bytes: Uint8Array.from(point.bytes) })

/** A sample's number, NaN for a stale marker; a histogram's sum. */
export function valueOf({ kind, bytes }: WirePoint): number {
  return doubleBits(bytes, kind === 'sample' ? VALUE_FIELD : SUM_FIELD)?.readDoubleLE() ?? 0
}

/** Whether nothing was counted yet: a sample of 0, a histogram of no values. */
export function isNothing(point: WirePoint): boolean {
  return point.kind === 'sample' ? valueOf(point) === 0 : wideOf(point.bytes, COUNT_FIELD) === 0
}

/** A series of its own bytes. */
export function rawSeries(series: Uint8Array): RawSeries {
  const fields = fieldsOf(series)
  const points = fields.flatMap(({ field, bytes }): WirePoint[] => {
    if (field === FIELD.histograms)
      return [{ kind: 'histogram', at: wideOf(bytes, TIMESTAMP.histogram), stale: false, bytes }]
    if (field !== FIELD.samples) return []
    const stale = doubleBits(bytes, VALUE_FIELD)?.equals(STALE) ?? false
    return [{ kind: 'sample', at: wideOf(bytes, TIMESTAMP.sample), stale, bytes }]
  })
  return {
    labels: fields.filter(({ field }) => field === FIELD.labels).map(({ bytes }) => bytes),
    points: points.sort((a, b) => a.at - b.at),
  }
}

/** The length-delimited fields of a message. */
function fieldsOf(message: Uint8Array): { field: number; bytes: Uint8Array }[] {
  const reader = Reader.create(message)
  const found: { field: number; bytes: Uint8Array }[] = []
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    if ((tag & 7) === LENGTH_DELIMITED) found.push({ field: tag >>> 3, bytes: reader.bytes() })
    else reader.skipType(tag & 7)
  }
  return found
}

/** An integer field of a point; 0 if absent, as in protobuf. */
function wideOf(point: Uint8Array, field: number): number {
  const reader = Reader.create(point)
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    if (tag === tagOf(field, VARINT)) return int64(reader)
    reader.skipType(tag & 7)
  }
  return 0
}

/** The bits of a point's double; undefined where it is left out, which is 0. */
function doubleBits(point: Uint8Array, field: number): Buffer | undefined {
  const reader = Reader.create(point)
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    if (tag === tagOf(field, FIXED64)) return Buffer.from(point.subarray(reader.pos, reader.pos + 8))
    reader.skipType(tag & 7)
  }
  return undefined
}

const timeBytes = (kind: WirePoint['kind'], at: number): Uint8Array =>
  Writer.create().uint32(tagOf(TIMESTAMP[kind], VARINT)).int64(at).finish()

const delimited = (writer: Writer, field: number): Writer => writer.uint32(tagOf(field, LENGTH_DELIMITED))

import { Reader } from 'protobufjs/minimal.js'
import type { Mutable } from '../base/index.ts'
import { FIXED64, LENGTH_DELIMITED, tagOf, VARINT } from './fields.ts'
import type { Histogram } from './histogram.ts'
import { int64, sint64, uint64 } from './integers.ts'
import type { WireHistogram, WireSpan } from './messages.ts'
import type { Point } from './protocol.ts'
import { fromWire } from './spans.ts'

/** A message whose fields are read one by one, by tag: a field's number and how it lies on the wire. */
type Fields<Message> = Readonly<Record<number, (message: Message, reader: Reader) => unknown>>
type Lists = Readonly<
  Record<'negativeSpans' | 'positiveSpans', WireSpan[]> &
    Record<'negativeDeltas' | 'negativeCounts' | 'positiveDeltas' | 'positiveCounts', number[]>
>
type Writing = Mutable<Omit<WireHistogram, keyof Lists>> & Lists

const SAMPLE: Fields<Mutable<Point<number>>> = {
  [tagOf(1, FIXED64)]: (sample, reader) => (sample.value = reader.double()),
  [tagOf(2, VARINT)]: (sample, reader) => (sample.at = int64(reader)),
}

const SPAN: Fields<Mutable<WireSpan>> = {
  [tagOf(1, VARINT)]: (span, reader) => (span.offset = reader.sint32()),
  [tagOf(2, VARINT)]: (span, reader) => (span.length = reader.uint32()),
}

const HISTOGRAM: Fields<Writing> = {
  [tagOf(1, VARINT)]: (wire, reader) => (wire.countInt = uint64(reader)),
  [tagOf(2, FIXED64)]: (wire, reader) => (wire.countFloat = reader.double()),
  [tagOf(3, FIXED64)]: (wire, reader) => (wire.sum = reader.double()),
  [tagOf(4, VARINT)]: (wire, reader) => (wire.schema = reader.sint32()),
  [tagOf(5, FIXED64)]: (wire, reader) => (wire.zeroThreshold = reader.double()),
  [tagOf(6, VARINT)]: (wire, reader) => (wire.zeroCountInt = uint64(reader)),
  [tagOf(7, FIXED64)]: (wire, reader) => (wire.zeroCountFloat = reader.double()),
  [tagOf(8, LENGTH_DELIMITED)]: (wire, reader) => wire.negativeSpans.push(readSpan(reader)),
  ...list(9, VARINT, sint64, 'negativeDeltas'),
  ...list(10, FIXED64, (reader) => reader.double(), 'negativeCounts'),
  [tagOf(11, LENGTH_DELIMITED)]: (wire, reader) => wire.positiveSpans.push(readSpan(reader)),
  ...list(12, VARINT, sint64, 'positiveDeltas'),
  ...list(13, FIXED64, (reader) => reader.double(), 'positiveCounts'),
  [tagOf(15, VARINT)]: (wire, reader) => (wire.timestamp = int64(reader)),
}

/** The sample that a reader stands before, its length first. */
export const readSample = (reader: Reader): Point<number> =>
  read(reader, lengthIn(reader), SAMPLE, { at: 0, value: 0 })

/** The native histogram that a reader stands before, its length first. Throws a RecordError for an impossible one. */
export function readHistogram(reader: Reader): Point<Histogram> {
  const wire = read(reader, lengthIn(reader), HISTOGRAM, noHistogram())
  return { at: wire.timestamp, value: fromWire(wire) }
}

/** The native histogram of these bytes. Throws for what is none. */
export const histogramIn = (bytes: Uint8Array): Histogram =>
  fromWire(read(Reader.create(bytes), bytes.length, HISTOGRAM, noHistogram()))

const noHistogram = (): Writing => ({
  countInt: 0,
  countFloat: 0,
  sum: 0,
  schema: 0,
  zeroThreshold: 0,
  zeroCountInt: 0,
  zeroCountFloat: 0,
  negativeSpans: [],
  negativeDeltas: [],
  negativeCounts: [],
  positiveSpans: [],
  positiveDeltas: [],
  positiveCounts: [],
  timestamp: 0,
})

const lengthIn = (reader: Reader): number => reader.uint32()

/** Reads a message of so many bytes into an empty one; fields that nobody knows are skipped. */
function read<Message>(reader: Reader, length: number, fields: Fields<Message>, message: Message): Message {
  const end = reader.pos + length
  while (reader.pos < end) {
    const next = reader.uint32()
    const field = fields[next]
    if (field) field(message, reader)
    else reader.skipType(next & 7)
  }
  if (reader.pos !== end) throw new Error('a part is longer than it says')
  return message
}

const readSpan = (reader: Reader): WireSpan => read(reader, lengthIn(reader), SPAN, { offset: 0, length: 0 })

/** A field of several numbers: packed, or one by one. */
function list(
  field: number,
  type: number,
  one: (reader: Reader) => number,
  name: keyof Lists & `${string}${'Deltas' | 'Counts'}`,
): Fields<Writing> {
  return {
    [tagOf(field, type)]: (wire, reader) => wire[name].push(one(reader)),
    [tagOf(field, LENGTH_DELIMITED)]: (wire, reader) => {
      const end = lengthIn(reader) + reader.pos
      while (reader.pos < end) wire[name].push(one(reader))
    },
  }
}

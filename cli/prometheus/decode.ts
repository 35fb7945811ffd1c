import { Reader } from 'protobufjs/light.js'
import { RecordError } from './errors.ts'
import { bufferOf, FIELD, LENGTH_DELIMITED, tagOf } from './fields.ts'
import { type WireSeries, seriesType } from './messages.ts'
import type { Histogram } from './histogram.ts'
import { readHistogram, readSample } from './points.ts'
import type { Point, Pushed } from './protocol.ts'
import { unpack } from './snappy.ts'

type Named = Pick<Pushed, 'name' | 'labels'>

/** Tags of the fields that are read. */
const TAG = {
  timeseries: tagOf(FIELD.timeseries, LENGTH_DELIMITED),
  labels: tagOf(FIELD.labels, LENGTH_DELIMITED),
  samples: tagOf(FIELD.samples, LENGTH_DELIMITED),
  histograms: tagOf(FIELD.histograms, LENGTH_DELIMITED),
}

/** Series whose labels a decoder remembers at most. */
const MAX_KNOWN = 400_000

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

/** That bytes are no push, by what reading them threw. */
export function notAMessage(error: unknown): RecordError {
  if (error instanceof RecordError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new RecordError(`The push is not a remote write 1.0 message: ${reason}.`, { cause: error })
}

/** The series in an unpacked push; throws a RecordError with the reason. */
export const decodeMessage = (message: Uint8Array): Pushed[] => createDecoder()(message)

/**
 * Decodes unpacked pushes as {@link decodeMessage} does; a series that came before has the same labels again, the very
 * object, so that nobody has to read or compare them anew.
 */
export function createDecoder(): (message: Uint8Array) => Pushed[] {
  const known = new Map<string, Named>()
  const namedBy: NamedBy = (key) => {
    const found = known.get(key)
    if (found) return found
    const named = read(Buffer.from(key, 'latin1'))
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(key, named)
    return named
  }
  return (message) => {
    try {
      return parsed(message, namedBy)
    } catch (error) {
      throw notAMessage(error)
    }
  }
}

/** The name and the labels that these bytes are, of which each is a character. */
type NamedBy = (bytes: string) => Named

function parsed(message: Uint8Array, namedBy: NamedBy): Pushed[] {
  const reader = Reader.create(message)
  const all = bufferOf(message)
  const series: Pushed[] = []
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    if (tag === TAG.timeseries) series.push(parsedSeries(reader, all, namedBy))
    else reader.skipType(tag & 7)
  }
  return series
}

function parsedSeries(reader: Reader, all: Buffer, namedBy: NamedBy): Pushed {
  const end = reader.uint32() + reader.pos
  const samples: Point<number>[] = []
  const histograms: Point<Histogram>[] = []
  let key = ''
  let [from, until] = [end, end]
  while (reader.pos < end) {
    const start = reader.pos
    const tag = reader.uint32()
    if (tag === TAG.labels) {
      reader.skip(reader.uint32())
      // They follow one another, usually.
      if (start !== until) {
        key += all.toString('latin1', from, until)
        from = start
      }
      until = reader.pos
    } else if (tag === TAG.samples) samples.push(readSample(reader))
    else if (tag === TAG.histograms) histograms.push(readHistogram(reader))
    else reader.skipType(tag & 7)
  }
  if (reader.pos !== end) throw new Error('a series is longer than it says')
  // One by one: a spread of the two costs as much as reading a sample.
  const { name, labels } = namedBy(key + all.toString('latin1', from, until))
  return { name, labels, samples, histograms }
}

function read(bytes: Buffer): Named {
  const { labels: pairs } = seriesType.decode(bytes) as unknown as Pick<WireSeries, 'labels'>
  const labels = Object.fromEntries(pairs.map(({ name, value }) => [name, value]))
  const { __name__: name, ...rest } = labels
  if (!name) throw new RecordError('A pushed series has no name.')
  return { name, labels: rest }
}

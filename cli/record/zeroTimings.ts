import { Reader } from 'protobufjs/minimal.js'
import { bufferOf, labelBytes, rawSeries, valueOf } from '../prometheus/index.ts'

/**
 * k6's timings that are 0 wherever a connection was used again: a series of one is taken in only once it has seen a
 * value above 0, then whole. What is missing are zeros: a mean is over all requests if it is divided by http_reqs.
 */
export const QUIET: readonly string[] = ['http_req_connecting', 'http_req_tls_handshaking']

/** Their names, as labels. */
const NAMES: readonly Buffer[] = QUIET.map((metric) =>
  Buffer.from(labelBytes('__name__', `k6_${metric}_seconds`)),
)

/**
 * An unpacked push without those histograms of {@link QUIET} that hold nothing but zeros; the same one where there are
 * none, or where it is no push. Histograms are cumulative: one that was heard once is heard in each later push.
 */
export function audible(message: Uint8Array): Uint8Array {
  const all = bufferOf(message)
  if (!NAMES.some((name) => all.includes(name))) return message
  const kept: Uint8Array[] = []
  let from = 0
  try {
    const reader = Reader.create(message)
    while (reader.pos < reader.len) {
      const start = reader.pos
      const tag = reader.uint32()
      const inside = reader.pos
      reader.skipType(tag & 7)
      if (!isQuiet(all.subarray(inside, reader.pos))) continue
      kept.push(all.subarray(from, start))
      from = reader.pos
    }
  } catch {
    // Whoever reads it says what is wrong with it.
    return message
  }
  return from === 0 ? message : Buffer.concat([...kept, all.subarray(from)])
}

/** Whether a field of a push (its length, then its bytes) is such a histogram. */
function isQuiet(field: Buffer): boolean {
  if (!NAMES.some((name) => field.includes(name))) return false
  const one = rawSeries(Reader.create(field).bytes())
  const histograms = one.points.filter(({ kind }) => kind === 'histogram')
  const isNamed = one.labels.some((label) => NAMES.some((name) => name.equals(label)))
  return isNamed && histograms.length > 0 && histograms.every((point) => valueOf(point) === 0)
}

import { decodeMessage, pack, unpacked, type Pushed } from '../prometheus/index.ts'
import { audible } from './zeroTimings.ts'

/** A push of k6's, read. */
export interface Push {
  readonly series: readonly Pushed[]
  /** Its body (Snappy) as far as it is taken in. */
  body(): Buffer
}

/** Reads the body of a push; throws a RecordError with the reason where it is none. */
export function readPush(body: Buffer): Push {
  const message = unpacked(body)
  const heard = audible(message)
  return {
    series: decodeMessage(heard),
    body: () => (heard === message ? body : Buffer.from(pack(heard))),
  }
}

import { createDecoder, pack, unpacked, type Pushed } from '../prometheus/index.ts'
import { audible } from './zeroTimings.ts'

/** A push of k6's, read. */
export interface Push {
  readonly series: readonly Pushed[]
  /** Its body (Snappy) as far as it is taken in. */
  body(): Buffer
}

/** Reads the bodies of pushes, one after the other; throws a RecordError with the reason where one is none. */
export function createPushReader(): (body: Buffer) => Push {
  const decode = createDecoder()
  return (body) => {
    const message = unpacked(body)
    const heard = audible(message)
    return {
      series: decode(heard),
      body: () => (heard === message ? body : Buffer.from(pack(heard))),
    }
  }
}

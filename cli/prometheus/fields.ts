/** How a field of a protobuf message lies on the wire. */
export const [VARINT, FIXED64, LENGTH_DELIMITED] = [0, 1, 2] as const

/** What stands before a field: its number, and how it lies there. */
export const tagOf = (field: number, type: number): number => (field << 3) | type

/** Field numbers of `prometheus/prompb/{remote,types}.proto`, all length-delimited: of a push, and of its series. */
export const FIELD = { timeseries: 1, labels: 1, samples: 2, histograms: 4 } as const

/** The same bytes, with Node's way to read them. */
export const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

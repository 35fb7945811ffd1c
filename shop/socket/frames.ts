/** A frame of a client. */
export interface Frame {
  readonly opcode: number
  readonly final: boolean
  readonly payload: Buffer
}

/** What a frame is for (RFC 6455, 5.2). */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** Bytes that a frame may have. */
export const MAX_FRAME_BYTES = 64 * 1024

/** The first frame in what a client has sent, and what follows it; undefined until it is whole. Throws for one too large. */
export function readFrame(bytes: Buffer): { frame: Frame; rest: Buffer } | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes.readUInt8(1) & 0x7f
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  const masked = (bytes.readUInt8(1) & 0x80) !== 0
  const start = 2 + lengthBytes + (masked ? 4 : 0)
  if (bytes.length < start) return undefined
  const length = lengthBytes === 0 ? short : Number(BigInt(`0x${bytes.toString('hex', 2, 2 + lengthBytes)}`))
  if (length > MAX_FRAME_BYTES) throw new Error(`a frame of ${length} bytes`)
  if (bytes.length < start + length) return undefined
  const payload = Buffer.from(bytes.subarray(start, start + length))
  if (masked)
    for (let i = 0; i < length; i++) payload[i] = payload.readUInt8(i) ^ bytes.readUInt8(start - 4 + (i & 3))
  const first = bytes.readUInt8(0)
  return {
    frame: { opcode: first & 0x0f, final: (first & 0x80) !== 0, payload },
    rest: bytes.subarray(start + length),
  }
}

/** A frame of the server: whole, unmasked. */
export function writeFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload
  if (length < 126) return Buffer.concat([Buffer.from([0x80 | opcode, length]), payload])
  const head = Buffer.alloc(4)
  head.writeUInt8(0x80 | opcode, 0)
  head.writeUInt8(126, 1)
  head.writeUInt16BE(length, 2)
  return Buffer.concat([head, payload])
}

/** The payload of a frame that closes. */
export function closing(code: number, reason = ''): Buffer {
  const payload = Buffer.alloc(2)
  payload.writeUInt16BE(code)
  return Buffer.concat([payload, Buffer.from(reason.slice(0, 100))])
}

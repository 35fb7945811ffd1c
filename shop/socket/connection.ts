import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { closing, OPCODE, readFrame, writeFrame } from './frames.ts'

/** A message of a client. */
export interface Message {
  readonly bytes: Buffer
  readonly binary: boolean
}

/** An open connection; what it is told after its end is lost. */
export interface Connection {
  send(message: Message): void
  close(code: number, reason?: string): void
  /** Cuts it without a word. */
  cut(): void
}

/** Whoever talks through a connection. */
export interface Talk {
  heard(message: Message): void
  ended(): void
}

/** What RFC 6455 appends to a key. */
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** Takes a handshake, and gives its connection to who talks; a request that is none is refused with 400. */
export function acceptSocket(
  { headers }: IncomingMessage,
  stream: Duplex,
  head: Buffer,
  talk: (connection: Connection) => Talk,
): void {
  const key = headers['sec-websocket-key']
  if (key === undefined || headers.upgrade?.toLowerCase() !== 'websocket') {
    stream.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    return
  }
  const accepted = createHash('sha1')
    .update(key + MAGIC)
    .digest('base64')
  const [protocol] = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
  lines.push(`Sec-WebSocket-Accept: ${accepted}`)
  if (protocol && /^[\w.-]+$/.test(protocol)) lines.push(`Sec-WebSocket-Protocol: ${protocol}`)
  stream.write(`${lines.join('\r\n')}\r\n\r\n`)
  listen(stream, head, talk)
}

function listen(stream: Duplex, head: Buffer, talk: (connection: Connection) => Talk): void {
  let closed = false
  const write = (opcode: number, payload: Buffer): void => {
    if (!stream.destroyed && !closed) stream.write(writeFrame(opcode, payload))
  }
  const close = (payload: Buffer): void => {
    write(OPCODE.close, payload)
    closed = true
    stream.end()
  }
  const listener = talk({
    send: ({ bytes, binary }) => write(binary ? OPCODE.binary : OPCODE.text, bytes),
    close: (code, reason) => close(closing(code, reason)),
    cut: () => void stream.destroy(),
  })
  let unread = head
  let parts: Buffer[] = []
  let binary = false
  const read = (): void => {
    for (let next = readFrame(unread); next && !closed; next = readFrame(unread)) {
      unread = next.rest
      const { opcode, final, payload } = next.frame
      if (opcode === OPCODE.close) close(payload.subarray(0, 2))
      else if (opcode === OPCODE.ping) write(OPCODE.pong, payload)
      else if (opcode !== OPCODE.pong) {
        if (opcode !== OPCODE.continuation) binary = opcode === OPCODE.binary
        parts.push(payload)
        if (!final) continue
        listener.heard({ bytes: Buffer.concat(parts), binary })
        parts = []
      }
    }
  }
  const hear = (chunk: Buffer): void => {
    unread = Buffer.concat([unread, chunk])
    try {
      read()
    } catch {
      close(closing(1009))
    }
  }
  stream.on('data', hear)
  stream.on('error', () => stream.destroy())
  stream.on('close', () => listener.ended())
  hear(Buffer.alloc(0))
}

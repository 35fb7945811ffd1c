import type { ServerHttp2Stream } from 'node:http2'

/** gRPC's statuses that the shop answers. */
export const GRPC = { ok: 0, invalidArgument: 3, notFound: 5, unimplemented: 12, unavailable: 14 } as const

/** How a call failed. */
export interface GrpcFailure {
  readonly code: number
  readonly message: string
}

/** A call as who answers it sees it; what it does after the call's end is lost. */
export interface Call {
  send(message: Uint8Array): void
  end(failure?: GrpcFailure): void
  /** Whether the client is still there. */
  isOpen(): boolean
}

/** Answers the messages of one call. */
export interface Answering {
  heard(message: Uint8Array): void
  ended(): void
}

/** The most that a message may have, in bytes. */
const MAX_BYTES = 64 * 1024

/** A call over a stream of HTTP/2: answers `trailers` at its end, or at once where nothing was sent. */
export function callOver(stream: ServerHttp2Stream): Call {
  let trailers: Record<string, string> = {}
  let begun = false
  const isOpen = (): boolean => !stream.destroyed && !stream.closed && !stream.writableEnded
  const begin = (): void => {
    if (begun) return
    begun = true
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers(trailers))
  }
  return {
    isOpen,
    send(message) {
      if (!isOpen()) return
      begin()
      const head = Buffer.alloc(5)
      head.writeUInt32BE(message.length, 1)
      stream.write(Buffer.concat([head, message]))
    },
    end(failure) {
      if (!isOpen()) return
      const { code = GRPC.ok, message = '' } = failure ?? {}
      trailers = { 'grpc-status': String(code), 'grpc-message': encodeURIComponent(message) }
      begin()
      stream.end()
    },
  }
}

/** Reads messages of a stream: each as it comes, then its end. A stream that is no gRPC is cut. */
export function hearMessages(
  stream: ServerHttp2Stream,
  heard: (message: Buffer) => void,
  ended: () => void,
): void {
  let unread = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk])
    while (unread.length >= 5) {
      const length = unread.readUInt32BE(1)
      if (unread.readUInt8(0) !== 0 || length > MAX_BYTES) {
        stream.destroy()
        return
      }
      if (unread.length < 5 + length) return
      const message = unread.subarray(5, 5 + length)
      unread = unread.subarray(5 + length)
      heard(message)
    }
  })
  stream.on('end', ended)
}

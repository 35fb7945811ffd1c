import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocketServer } from 'ws'
import type { Stock } from '../stock.ts'
import { talk } from './talk.ts'

/** Bytes that a message may have. */
const MAX_MESSAGE_BYTES = 64 * 1024

/** Takes handshakes, and talks through their connections; a request that is none is refused with 400. */
export function acceptSockets(
  stock: Stock,
): (request: IncomingMessage, stream: Duplex, head: Buffer) => Promise<void> {
  let server: Promise<WebSocketServer> | undefined
  return async (request, stream, head) => {
    const isSocketIo = /[?&]EIO=4(?:&|$)/.test(request.url ?? '')
    const accepting = await (server ??= start())
    accepting.handleUpgrade(request, stream, head, (socket) => talk(socket, stock, isSocketIo))
  }
}

/** Imported when it is needed, so that no other command loads it. */
async function start(): Promise<WebSocketServer> {
  const { WebSocketServer } = await import('ws')
  return new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: MAX_MESSAGE_BYTES })
}

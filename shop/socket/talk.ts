import type { RawData, WebSocket } from 'ws'
import { PRODUCT } from '../catalog.ts'
import { routeNamed } from '../routes.ts'
import type { Stock } from '../stock.ts'
import { socketIo } from './socketIo.ts'

/** Milliseconds between two prices. */
const TICK_MS = 100
/** Bytes that the reason of a close may have (RFC 6455, 5.5). */
const MAX_REASON_BYTES = 123

/**
 * Talks as the shop: `{"type":"subscribe","product":ID}` is answered by a price each 100 ms until `unsubscribe`,
 * `{"type":"close","code":4000}` by closing; anything else comes back as it was. Faults of `/ws` meet each message. In
 * Socket.IO the same are events.
 */
export function talk(socket: WebSocket, stock: Stock, isSocketIo: boolean): void {
  const io = isSocketIo ? socketIo() : undefined
  const tell = (message: Record<string, unknown>): void =>
    socket.send(io ? io.write(message) : JSON.stringify(message))
  const waiting = new Set<NodeJS.Timeout>()
  let ticker: NodeJS.Timeout | undefined
  const answer = (data: RawData, binary: boolean): void => {
    const text = binary ? '' : (data as Buffer).toString()
    const { said = {}, reply } = io ? io.hear(text) : { said: objectIn(text) }
    const product = PRODUCT.get(String(said.product))
    if (said.type === 'close') socket.close(closeCode(said.code), 'as asked')
    else if (said.type === 'unsubscribe') clearInterval(ticker)
    else if (said.type === 'subscribe') {
      if (!product || stock.behaviour.isMissing(product.id)) {
        tell({ type: 'error', message: `no product with ID ${String(said.product)}` })
        return
      }
      clearInterval(ticker)
      let number = 0
      const tick = (): void => {
        const amount = (product.cents + ((number * 7) % 13)) / 100
        tell({ type: 'price', product: product.id, amount, number: number++ })
      }
      tick()
      ticker = setInterval(tick, TICK_MS).unref()
    } else if (reply !== undefined) socket.send(reply)
    else if (!io || 'type' in said) socket.send(data, { binary })
  }
  let pinged = false
  const beat = (): void => {
    if (pinged) socket.close()
    else if (io) socket.send(io.ping)
    pinged = true
  }
  const heart = io && setInterval(beat, io.every).unref()
  if (io) socket.send(io.greeting)
  socket.on('message', (data, binary) => {
    if (io && !binary && (data as Buffer).toString() === io.pong) {
      pinged = false
      return
    }
    const { delayMs, failure, dropped } = stock.behaviour.treat(routeNamed('/ws'))
    const act = (): void => {
      if (dropped) socket.terminate()
      else if (failure)
        socket.close(
          failure.status === 503 ? 1013 : 1011,
          `fault: ${failure.cause}`.slice(0, MAX_REASON_BYTES),
        )
      else answer(data, binary)
    }
    if (delayMs < 0.5) {
      act()
      return
    }
    const timer = setTimeout(() => {
      waiting.delete(timer)
      act()
    }, delayMs)
    waiting.add(timer)
  })
  // A frame that is none, or too large; its connection is closed with the right code.
  socket.on('error', () => undefined)
  socket.on('close', () => {
    clearInterval(ticker)
    clearInterval(heart)
    waiting.forEach(clearTimeout)
  })
}

/** The code that is asked for, where it is one that a program may choose. */
function closeCode(asked: unknown): number {
  const code = Number(asked)
  return Number.isInteger(code) && code >= 3000 && code <= 4999 ? code : 1000
}

function objectIn(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>
  } catch {
    return {}
  }
}

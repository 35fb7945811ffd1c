import { PRODUCT } from '../catalog.ts'
import { routeNamed } from '../routes.ts'
import type { Stock } from '../stock.ts'
import type { Connection, Message, Talk } from './connection.ts'

/** Milliseconds between two prices. */
const TICK_MS = 100

/**
 * Talks as the shop: `{"type":"subscribe","product":ID}` is answered by a price each 100 ms until `unsubscribe`,
 * `{"type":"close","code":4000}` by closing; anything else comes back as it was. Faults of `/ws` meet each message.
 */
export const shopTalk =
  (stock: Stock) =>
  (connection: Connection): Talk => {
    const waiting = new Set<NodeJS.Timeout>()
    let ticker: NodeJS.Timeout | undefined
    const answer = (message: Message): void => {
      const said = message.binary ? {} : objectIn(message.bytes.toString('utf8'))
      const product = PRODUCT.get(String(said.product))
      if (said.type === 'close') connection.close(Number(said.code) || 1000, 'as asked')
      else if (said.type === 'unsubscribe') clearInterval(ticker)
      else if (said.type === 'subscribe') {
        if (!product || stock.behaviour.isMissing(product.id)) {
          connection.send(json({ type: 'error', message: `no product with ID ${String(said.product)}` }))
          return
        }
        clearInterval(ticker)
        let number = 0
        const tick = (): void => {
          const amount = (product.cents + ((number * 7) % 13)) / 100
          connection.send(json({ type: 'price', product: product.id, amount, number: number++ }))
        }
        tick()
        ticker = setInterval(tick, TICK_MS).unref()
      } else connection.send(message)
    }
    return {
      heard(message) {
        const { delayMs, failure, dropped } = stock.behaviour.treat(routeNamed('/ws'))
        const act = (): void => {
          if (dropped) connection.cut()
          else if (failure) connection.close(failure.status === 503 ? 1013 : 1011, `fault: ${failure.cause}`)
          else answer(message)
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
      },
      ended() {
        clearInterval(ticker)
        waiting.forEach(clearTimeout)
      },
    }
  }

const json = (value: object): Message => ({ bytes: Buffer.from(JSON.stringify(value)), binary: false })

function objectIn(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>
  } catch {
    return {}
  }
}

import { PRODUCT, PRODUCTS, type CatalogProduct } from '../catalog.ts'
import { NANOS_PER_UNIT } from '../currencies.ts'
import { fromCents } from '../money.ts'
import type { Stock } from '../stock.ts'
import { GRPC, type Answering, type Call } from './call.ts'
import type { Definitions } from './definitions.ts'

/** Milliseconds between two prices. */
const TICK_MS = 100
const MAX_PRICES = 1000

type Fields = Readonly<Record<string, unknown>>
type Method = (call: Call, asked: Fields, send: (answer: object) => void, stock: Stock) => void

const priceOf = ({ cents }: CatalogProduct) => ({
  currencyCode: 'USD',
  units: Math.floor(cents / 100),
  nanos: Number(fromCents(cents) % NANOS_PER_UNIT),
})

const shown = (product: CatalogProduct) => ({ ...product, priceUsd: priceOf(product) })

/** Finds a product, or ends the call. */
function found(call: Call, id: unknown, { behaviour }: Stock): CatalogProduct | undefined {
  const product = behaviour.isMissing(String(id)) ? undefined : PRODUCT.get(String(id))
  if (!product) call.end({ code: GRPC.notFound, message: `no product with ID ${String(id)}` })
  return product
}

const METHODS: Readonly<Record<string, Method>> = {
  ListProducts: (call, _, send) => {
    send({ products: PRODUCTS.map(shown) })
    call.end()
  },
  GetProduct: (call, { id }, send, stock) => {
    const product = found(call, id, stock)
    if (!product) return
    send(shown(product))
    call.end()
  },
  SearchProducts: (call, { query }, send) => {
    const wanted = String(query).toLowerCase()
    const fits = ({ name, description }: CatalogProduct): boolean =>
      `${name}\n${description}`.toLowerCase().includes(wanted)
    send({ results: PRODUCTS.filter(fits).map(shown) })
    call.end()
  },
  WatchPrice: (call, { id, count }, send, stock) => {
    const product = found(call, id, stock)
    if (!product) return
    let left = Math.min(Number(count) || 1, MAX_PRICES)
    const tick = (): void => {
      send({ id: product.id, priceUsd: priceOf(product) })
      if (--left === 0) call.end()
      else if (call.isOpen()) setTimeout(tick, TICK_MS).unref()
    }
    tick()
  },
  QuotePrices: (call, { id }, send, stock) => {
    const product = found(call, id, stock)
    if (product) send({ id: product.id, priceUsd: priceOf(product) })
  },
}

/** Who answers calls of a method of the catalogue; undefined for a method that it has not. */
export function catalogueMethod(
  name: string,
  call: Call,
  stock: Stock,
  { methods }: Definitions,
): Answering | undefined {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined
  const about = methods[name]
  const { resolvedRequestType: asked, resolvedResponseType: answer } = about ?? {}
  if (!method || !asked || !answer) return undefined
  const send = (fields: object): void => call.send(answer.encode(answer.fromObject(fields)).finish())
  return {
    heard(message) {
      try {
        method(call, asked.decode(message).toJSON(), send, stock)
      } catch (error) {
        call.end({
          code: GRPC.invalidArgument,
          message: error instanceof Error ? error.message : String(error),
        })
      }
    },
    ended() {
      if (about?.requestStream) call.end()
    },
  }
}

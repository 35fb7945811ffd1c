import { randomBytes } from 'node:crypto'
import type { Cart } from './carts.ts'
import { PRODUCT, SHIPPING_CENTS, type CatalogProduct } from './catalog.ts'
import { fromCents, fromDollars, type Nanos } from './money.ts'
import type { Random } from './random.ts'

/** A line of a cart; `cost` is the converted price times the quantity. */
export interface OrderLine {
  readonly product: CatalogProduct
  readonly quantity: number
  readonly cost: Nanos
}

/** A cart with its prices in one currency. */
export interface Bill {
  readonly lines: readonly OrderLine[]
  readonly shipping: Nanos
  readonly total: Nanos
}

/** Prices a cart in `code`; a product that is not in the catalogue is left out. */
export function bill(cart: Cart, code: string): Bill {
  const lines: OrderLine[] = []
  for (const [id, quantity] of cart) {
    const product = PRODUCT.get(id)
    if (product === undefined) continue
    lines.push({ product, quantity, cost: fromDollars(fromCents(product.cents), code) * BigInt(quantity) })
  }
  const shipping = lines.length === 0 ? 0n : fromDollars(fromCents(SHIPPING_CENTS), code)
  return { lines, shipping, total: lines.reduce((sum, line) => sum + line.cost, shipping) }
}

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => Math.floor(random() * 10)).join('')

const letter = (random: Random): string => String.fromCharCode(65 + Math.floor(random() * 26))

/** A tracking number such as `DX-44549-220865436`: the address's length and its half, each before random digits. */
export function trackingNumber(street: string, city: string, state: string, random: Random): string {
  const length = Buffer.byteLength(`${street}, ${city}, ${state}`)
  const half = Math.floor(length / 2)
  return `${letter(random)}${letter(random)}-${length}${digits(random, 3)}-${half}${digits(random, 7)}`
}

const GREGORIAN_MS = 12_219_292_800_000n
const node = randomBytes(6)
node[0] = (node[0] ?? 0) | 1
let ticks = 0n

/** A UUID of version 1, as order ids are; never the same twice in a process. */
export function confirmation(): string {
  const clock = (BigInt(Date.now()) + GREGORIAN_MS) * 10_000n
  ticks = clock > ticks ? clock : ticks + 1n
  const time = ticks.toString(16).padStart(15, '0')
  const sequence = (0x8000 | (process.pid & 0x3fff)).toString(16)
  return `${time.slice(7)}-${time.slice(3, 7)}-1${time.slice(0, 3)}-${sequence}-${node.toString('hex')}`
}

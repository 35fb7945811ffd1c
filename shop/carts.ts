/** Quantities by product id, in the order added. */
export type Cart = ReadonlyMap<string, number>

/** Carts of sessions, bounded: the longest unused leaves first, and none outlives its idle time. */
export interface Carts {
  get(session: string): Cart
  add(session: string, productId: string, quantity: number): void
  empty(session: string): void
  /** Sessions held. */
  size(): number
}

const NOTHING: Cart = new Map()

/** Carts for at most `most` sessions, each forgotten `idleMs` after its last use; `now` is a clock in ms. */
export function keepCarts(most = 50_000, idleMs = 30 * 60_000, now: () => number = Date.now): Carts {
  const held = new Map<string, { items: Map<string, number>; used: number }>()

  function forget(): void {
    const limit = now() - idleMs
    for (const [session, cart] of held) {
      if (cart.used > limit && held.size <= most) return
      held.delete(session)
    }
  }

  function touch(session: string): Map<string, number> | undefined {
    const cart = held.get(session)
    if (cart === undefined) return undefined
    held.delete(session)
    if (cart.used <= now() - idleMs) return undefined
    held.set(session, { items: cart.items, used: now() })
    return cart.items
  }

  return {
    get: (session) => touch(session) ?? NOTHING,
    add(session, productId, quantity) {
      const items = touch(session) ?? new Map<string, number>()
      items.set(productId, (items.get(productId) ?? 0) + quantity)
      held.set(session, { items, used: now() })
      forget()
    },
    empty: (session) => void held.delete(session),
    size: () => held.size,
  }
}

/** Pieces in a cart. */
export function pieces(cart: Cart): number {
  let sum = 0
  for (const quantity of cart.values()) sum += quantity
  return sum
}

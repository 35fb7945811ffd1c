import { pageJourney, step, think } from '../../../lib/browser/index.ts'
import { randomRow } from '../../../lib/index.ts'
import { shop } from '../metrics.ts'
import { products } from '../products.ts'
import shoppers from '../shoppers.pool.ts'
import { anyProduct } from '../steps.ts'
import { boutiquePages } from './pages.ts'

/** The names of the shop's pages, by their addresses. */
export const PAGES = {
  home: /^https?:\/\/[^/]+\/(?:[?#]|$)/,
  product: /\/product\//,
  cart: /\/cart(?:[?#]|$)/,
  order: /\/cart\/checkout(?:[?#]|$)/,
} as const

/** A shopper who buys in a real browser: home, a product, into the cart, order. */
export const buy = pageJourney(
  'buy',
  async (page) => {
    const { home, product, cart, order } = boutiquePages(page)
    const wanted = anyProduct()
    shop.sessions.add(1)
    await step('open home', () => home.open())
    await think(1, 3)
    await step('view product', () => home.choose(wanted))
    await think(1, 3)
    await step('add to cart', () => product.add(wanted))
    await think(1, 3)
    await step('place order', async () => {
      await cart.order(randomRow(shoppers))
      await order.see()
    })
    shop.orders.add(1, { currency: 'USD' })
    await think(1, 2)
  },
  { pages: PAGES, pools: [products], typicalSeconds: 10 },
)

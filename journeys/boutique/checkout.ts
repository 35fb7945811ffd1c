import { journey, randomRow, think } from '../../lib/index.ts'
import { shop } from './metrics.ts'
import { products } from './products.ts'
import shoppers from './shoppers.pool.ts'
import { anyProduct, attempt } from './steps.ts'
import { visitor } from './visitor.ts'

const { open, view, add, order } = visitor

/** A shopper who buys: home, a product, into the cart, order. */
export const checkout = journey(
  'checkout',
  () => {
    shop.sessions.add(1)
    const product = anyProduct()
    const shopper = randomRow(shoppers)
    attempt(() => {
      open()
      think(1, 3)
      view(product)
      think(1, 3)
      add(product)
      think(1, 3)
      order(shopper)
    })
  },
  { pools: [products], typicalSeconds: 7 },
)

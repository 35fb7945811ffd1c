import { journey, oneOf, randomRow, think, weighted, type Journey } from '../../lib/index.ts'
import { CURRENCIES, type Currency } from './api.ts'
import { shop } from './metrics.ts'
import { products } from './products.ts'
import shoppers from './shoppers.pool.ts'
import { anyProduct, attempt, steps } from './steps.ts'

const { open, view, add, look, currency, order } = steps('vu')
let visiting = false
let chosen: Currency = 'USD'

/** A task of the shop's own locust users: they open home once, then do one task after another, 1 to 10 s apart. */
const task = (name: string, body: () => void): Journey =>
  journey(
    name,
    () => {
      if (!visiting) {
        shop.sessions.add(1)
        open()
        visiting = true
      }
      body()
      think(1, 10)
    },
    { pools: [products], typicalSeconds: 6 },
  )

const put = (): void => {
  const product = anyProduct()
  view(product)
  add(product)
}

/** The six tasks of the shop's own locust mix with their weights; a user keeps the session from task to task. */
export const websiteUser = weighted(
  [task('index', open), 1],
  [
    task('set-currency', () => {
      const code = oneOf(CURRENCIES)
      currency(code)
      chosen = code
    }),
    2,
  ],
  [
    task('browse-product', () => {
      view(anyProduct())
    }),
    10,
  ],
  [task('add-to-cart', put), 2],
  [task('view-cart', look), 3],
  [
    task('buy', () => {
      attempt(() => {
        put()
        order(randomRow(shoppers), chosen)
      })
    }),
    1,
  ],
)

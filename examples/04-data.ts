/** Rows from a CSV file: read when the suite is built, shared by all VUs, each VU taking the next one. */
import {
  check,
  client,
  contains,
  ensure,
  journey,
  nextRow,
  settings,
  status,
  step,
  suite,
  think,
  tried,
} from 'loadwright'
import { mix, workload } from 'loadwright/scenarios'
import presents from './gifts.pool.csv'

const { BASE_URL } = settings()
const api = client(BASE_URL)

/** Each row is tried before load starts: a product that the target does not know would look like an outage. */
const gifts = tried(presents, { key: 'product', probe: ({ product }) => `${BASE_URL}/product/${product}` })

/** Puts a row's product into the cart, as often as the row says. */
const fill = journey(
  'fill',
  () => {
    const { product = '', quantity = '' } = nextRow(gifts)
    step('put it into the cart', () => {
      const form = { product_id: product, quantity }
      ensure(api.post('/cart', { name: 'add-to-cart', redirects: 0, form }), { 'cart takes it': status(302) })
      check(api.get('/cart', { name: 'cart' }), { 'cart has it all': contains(`Quantity: ${quantity}`) })
    })
    think(1, 2)
  },
  { pools: [gifts] },
)

/** Looks at an empty cart. */
const look = journey('look', () => {
  step('view cart', () => {
    ensure(api.get('/cart', { name: 'cart' }), { 'cart is up': status(200) })
  })
  think(1, 2)
})

const carts = suite({
  name: 'carts',
  // One rate, divided by weight: three fill a cart for each one who only looks.
  scenarios: mix(workload(), { rate: 4 }, { fillers: [fill, 3], lookers: [look, 1] }),
})

export const { options, setup, teardown, handleSummary } = carts
export default carts

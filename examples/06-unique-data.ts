/** Rows from faker and from JSON; each customer orders once, on however many instances the test runs. */
import {
  client,
  contains,
  ensure,
  journey,
  randomRow,
  settings,
  status,
  step,
  suite,
  think,
  tried,
  uniqueRow,
} from 'loadwright'
import { sharedIterations } from 'loadwright/scenarios'
import customers from './customers.pool.ts'
import json from './wishes.pool.json'

const { BASE_URL } = settings()
const api = client(BASE_URL)

/** Typed by the file's own rows; a product that the target does not know is found before load starts. */
const wishes = tried(json, { key: 'product', probe: ({ product }) => `${BASE_URL}/product/${product}` })

const order = journey(
  'order once',
  () => {
    const { email, street, zip, city } = uniqueRow(customers) // no other iteration of the whole test gets this row
    const { product, quantity } = randomRow(wishes)

    step('fill the cart', () => {
      const form = { product_id: product, quantity }
      ensure(api.post('/cart', { name: 'add-to-cart', redirects: 0, form }), { 'cart takes it': status(302) })
    })
    think(1, 2)

    step('order', () => {
      const address = {
        email,
        street_address: street,
        zip_code: zip,
        city,
        state: 'CA',
        country: 'United States',
      }
      const card = { credit_card_number: '4432801561520454', credit_card_cvv: 672 }
      const expiry = {
        credit_card_expiration_month: 1,
        credit_card_expiration_year: new Date().getFullYear() + 1,
      }
      const response = api.post('/cart/checkout', { name: 'order', form: { ...address, ...card, ...expiry } })
      ensure(response, { 'order is complete': contains('Your order is complete!') })
    })
  },
  { pools: [wishes] },
)

const orders = suite({
  name: 'orders',
  // As many iterations as there are rows, shared between VUs and instances. Each user once: perVUIterations.
  scenarios: {
    customers: sharedIterations(order, { vus: 5, iterations: customers.length, maxDuration: '1m' }),
  },
})

export const { options, setup, teardown, handleSummary } = orders
export default orders

/** What `npm run bench:verdict` measures: visitors of the embedded shop who buy without a pause, as many a second as it says. */
import { journey, suite } from 'loadwright'
import { products, shop, steps } from 'loadwright/journeys/boutique'
import { workload } from 'loadwright/scenarios'

const PER_SECOND = 50
const SHOPPER = {
  email: 'someone@example.com',
  street_address: '1600 Amphitheatre Parkway',
  zip_code: 94043,
  city: 'Mountain View',
  state: 'CA',
  country: 'United States',
  credit_card_number: '4432801561520454',
  credit_card_cvv: 672,
}

const { open, view, add, order } = steps()
let next = 0

const shopping = journey(
  'shopping',
  () => {
    const product = products.at(next++ % products.length)
    open()
    view(product)
    add(product)
    order(SHOPPER)
  },
  { pools: [products], typicalSeconds: 0.45 },
)

const it = suite({
  name: 'shopping',
  metrics: [shop],
  scenarios: { visitors: workload()(shopping, { rate: PER_SECOND }) },
})
export const { options, setup, teardown, handleSummary } = it
export default it

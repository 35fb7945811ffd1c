/** A journey of one's own: steps, checks, think time, metrics of its own, thresholds on them. */
import {
  check,
  client,
  contains,
  counter,
  ensure,
  journey,
  metrics,
  rate,
  settings,
  span,
  status,
  step,
  suite,
  think,
  trend,
  within,
} from 'loadwright'
import { workload } from 'loadwright/scenarios'

const api = client(settings().BASE_URL)

const gift = metrics('gift', {
  found: counter('Gifts that were found', { by: ['kind'] }),
  wrapped: rate('Gifts that fit into the cart'),
  price: trend('Price of a gift', { unit: 'USD' }),
})

/** Someone looks for a present, and puts it into the cart. */
export const present = journey('present', () => {
  const mug = step('find a mug', () => {
    const response = api.get('/product/6E92ZMYYFZ', { name: 'product' })
    ensure(response, { 'mug is there': status(200) }) // abandons the journey where it does not hold
    check(response, { 'within a second': within(1000) }) // does not
    return response
  })

  think(1, 2)
  const price = span('read the price', () => Number(/\$(\d+\.\d\d)/.exec(mug.body)?.[1]))
  gift.found.add(1, { kind: 'mug' })
  gift.price.add(price)

  step('put it into the cart', () => {
    const form = { product_id: '6E92ZMYYFZ', quantity: 1 }
    const response = api.post('/cart', { name: 'add-to-cart', redirects: 0, form })
    gift.wrapped.add(check(response, { 'cart takes it': status(302) }))
    check(api.get('/cart', { name: 'cart' }), { 'cart has it': contains('SKU #6E92ZMYYFZ') })
  })
  think(1, 2)
})

const presents = suite({
  name: 'presents',
  metrics: [gift],
  scenarios: { givers: workload()(present, { rate: 3 }) },
  thresholds: {
    gift_found: ['count>0'],
    gift_wrapped: ['rate>0.99'],
    'http_req_duration{name:product}': ['p(95)<500'],
  },
})

export const { options, setup, teardown, handleSummary } = presents
export default presents

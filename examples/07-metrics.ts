/** Metrics of one's own: each declared once, with its meaning, unit and tags, and typed wherever it is used. */
import {
  client,
  contains,
  counter,
  ensure,
  gauge,
  journey,
  metrics,
  rate,
  settings,
  status,
  step,
  suite,
  think,
  trend,
} from 'loadwright'
import { workload } from 'loadwright/scenarios'

const api = client(settings().BASE_URL)

const basket = metrics('basket', {
  additions: counter('Products put into a basket', { by: ['product'] }), // the only tag that it may carry
  pieces: gauge('Pieces in the basket that was seen last'),
  filled: rate('Visits that filled a basket, among all that began', { phaseOf: 'start' }), // counted where they began
  total: trend('What a basket costs', { unit: 'USD' }),
  filling: trend('Time of putting one product into a basket', { unit: 'ms' }), // a time, as k6's own are
})

const fill = journey('fill a basket', () => {
  let filled = false
  try {
    for (const product of ['6E92ZMYYFZ', 'OLJCESPC7Z'])
      step('add', () => {
        const form = { product_id: product, quantity: 2 }
        const response = api.post('/cart', { name: 'add-to-cart', redirects: 0, form })
        ensure(response, { 'cart takes it': status(302) })
        basket.additions.add(2, { product })
        basket.filling.add(response.timings.duration)
      })
    filled = true
  } finally {
    basket.filled.add(filled) // also where ensure() has abandoned the journey
  }
  think(1, 2)

  step('look', () => {
    const response = api.get('/cart', { name: 'cart' })
    ensure(response, { 'cart has a total': contains('Total') })
    basket.pieces.add(Number(/Cart \((\d+)\)/.exec(response.body)?.[1]))
    basket.total.add(Number(/Total\D*([\d.]+)/.exec(response.body)?.[1]))
  })
})

const baskets = suite({
  name: 'baskets',
  metrics: [basket], // types the names below: a metric that no table has does not compile
  scenarios: { fillers: workload()(fill, { rate: 4 }) },
  thresholds: {
    'basket_additions{product:6E92ZMYYFZ}': ['count>0'],
    basket_pieces: ['value<100'],
    basket_filled: ['rate>0.99'],
    basket_total: ['med<500'],
    basket_filling: ['p(95)<500', 'max<5000'],
  },
})

export const { options, setup, teardown, handleSummary } = baskets
export default baskets

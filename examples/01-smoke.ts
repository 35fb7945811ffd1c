/** The stock journeys as one suite. PROFILE and ENVIRONMENT decide how much of them; a smoke test if nothing does. */
import { suite } from 'loadwright'
import { browse, checkout, currency, shop } from 'loadwright/journeys/boutique'
import { workload } from 'loadwright/scenarios'

const scenario = workload()

const boutique = suite({
  name: 'boutique',
  metrics: [shop],
  scenarios: {
    browsers: scenario(browse, { rate: 14 }),
    shoppers: scenario(checkout, { rate: 5 }),
    tellers: scenario(currency, { vus: 2 }),
  },
  thresholds: {
    journey_failed: ['rate<0.01'],
    boutique_checkout_success: ['rate>0.99'],
    'http_req_duration{journey:browse}': ['p(95)<500'],
    'http_req_duration{journey:checkout}': ['p(95)<800', 'p(99)<2000'],
  },
})

export const { options, setup, teardown, handleSummary } = boutique
export default boutique

/** One suite in every environment: the environment gives target, size, hosts and caps; the suite may ask where it is. */
import { settings, suite } from 'loadwright'
import { browse, shop } from 'loadwright/journeys/boutique'
import { workload } from 'loadwright/scenarios'

// The places are in loadwright.config.ts:
//
//   environments: {
//     staging: { target: 'https://shop.staging.example.com', hosts: ['*.staging.example.com'], caps: { vus: 200 } },
//   }
//
// A promotion is the same suite in one place after the other, and stops at the first that does not pass:
//
//   loadwright run promoted --environment dev --base-url https://shop.dev.example.com &&
//   loadwright run promoted --environment staging --profile load &&
//   loadwright run promoted --environment prod-sim --profile load
const { ENVIRONMENT } = settings()

const promoted = suite({
  name: 'promoted',
  metrics: [shop],
  scenarios: { browsers: workload()(browse, { rate: 6 }) }, // × 0.5 in dev, × 1 in staging, × 2 in prod-sim
  thresholds: {
    // dev runs on small machines: it must work, and need not be fast.
    'http_req_duration{journey:browse}': [ENVIRONMENT === 'dev' ? 'p(95)<1500' : 'p(95)<500'],
  },
})

export const { options, setup, teardown, handleSummary } = promoted
export default promoted

/** A shopper in a real browser: `loadwright run browser`. What its pages feel like is judged by page, at p75 as Google does. */
import { suite } from 'loadwright/browser'
import { shop } from 'loadwright/journeys/boutique'
import { buy } from 'loadwright/journeys/boutique/browser'
import { workload } from 'loadwright/scenarios'

const browser = suite({
  name: 'browser',
  metrics: [shop],
  // A browser takes a core and half a gigabyte: a few beside a protocol load say what users feel meanwhile.
  scenarios: { visitors: workload()(buy, { vus: 2 }) },
  // What no page may be: poor. Good is 2.5 s and 0.1.
  thresholds: {
    journey_failed: ['rate<0.01'],
    'browser_web_vital_lcp{page:home}': ['p(75)<4000'],
    'browser_web_vital_lcp{page:product}': ['p(75)<4000'],
    'browser_web_vital_cls{page:home}': ['p(75)<0.25'],
    'browser_web_vital_cls{page:product}': ['p(75)<0.25'],
  },
})

export const { options, setup, teardown, handleSummary } = browser
export default browser

/** Traces and spans: every request says which run, journey and step sent it; a span measures what is no request. */
import { check, client, ensure, journey, settings, span, status, step, suite, think } from 'loadwright'
import { workload } from 'loadwright/scenarios'

// Nothing to switch on. Each step is one trace; each request in it has a span id of its own and carries
//   traceparent: 00-<trace id>-<span id>-03       W3C Trace Context
//   baggage: run=…,journey=compare,step=…         W3C Baggage
// A failure names its trace id. `--trace-ratio 0.1` samples a tenth.
// To see the shop's side: loadwright shop --traces http://127.0.0.1:4318, then run with --base-url.
const api = client(settings().BASE_URL)

const compare = journey('compare', () => {
  const bodies = step('open two products', () => {
    const mug = api.get('/product/6E92ZMYYFZ', { name: 'product' })
    const jar = api.get('/product/9SIQT8TOJO', { name: 'product' })
    for (const response of [mug, jar]) ensure(response, { 'product is up': status(200) })
    return [mug.body, jar.body]
  })
  think(1, 2)

  // Time of the VU's own work, in `span_duration{span:read prices}`; returns what its function returns.
  const prices = span('read prices', () => bodies.map((body) => Number(/\$(\d+\.\d\d)/.exec(body)?.[1])))
  check(prices, { 'both have a price': (found) => found.every((price) => price > 0) })
})

const traced = suite({
  name: 'traced',
  scenarios: { comparers: workload()(compare, { rate: 3 }) },
  thresholds: { 'span_duration{span:read prices}': ['p(95)<50'] },
})

export const { options, setup, teardown, handleSummary } = traced
export default traced

/** A suite over two services: a client for each, and each judged by the names of its requests. */
import { check, client, contains, ensure, journey, settings, status, step, suite, think } from 'loadwright'
import { workload } from 'loadwright/scenarios'

const { BASE_URL } = settings()
// A variable of the script's own, given by -e CATALOG_URL=…; its host must be one of the environment's hosts too.
// Both services are asked for an answer before load starts.
const catalog = client(__ENV.CATALOG_URL ?? `${BASE_URL}/product-meta`, {
  headers: { Accept: 'application/json' },
})
const web = client(BASE_URL)

const find = journey('find', () => {
  const name = step('ask the catalogue', () => {
    const response = catalog.get('/6E92ZMYYFZ', { name: 'catalog/product' })
    ensure(response, { 'catalogue knows it': status(200) })
    return response.json<string>('name')
  })
  think(1, 2)
  step('open its page', () => {
    check(web.get('/product/6E92ZMYYFZ', { name: 'web/product' }), { 'page shows it': contains(name) })
  })
})

const services = suite({
  name: 'services',
  scenarios: { finders: workload()(find, { rate: 4 }) },
  thresholds: {
    'http_req_duration{name:catalog/product}': ['p(95)<200'],
    'http_req_duration{name:web/product}': ['p(95)<500'],
  },
})

export const { options, setup, teardown, handleSummary } = services
export default services

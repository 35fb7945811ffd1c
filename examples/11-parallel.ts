/** Requests side by side: a batch, and an async journey whose requests overlap. */
import { check, client, ensure, journey, settings, status, step, suite, think } from 'loadwright'
import { workload } from 'loadwright/scenarios'

const api = client(settings().BASE_URL)
const PRODUCTS = ['6E92ZMYYFZ', 'OLJCESPC7Z', '66VCHSJNUP', '1YMWWN1N4O']

/** As a browser loads a page: the page, then what it shows, all at once. */
const page = journey('page', () => {
  step('open home', () => {
    ensure(api.get('/', { name: 'home' }), { 'home is up': status(200) })
    const details = api.batch(
      PRODUCTS.map((id) => ({ method: 'GET', path: `/product-meta/${id}`, name: 'product-meta' })),
    )
    for (const response of details) check(response, { 'details are there': status(200) })
  })
  think(1, 2)
})

/** As an app asks several services: requests that overlap stay inside one step, which is awaited. */
const app = journey('app', async () => {
  await step('load the start screen', async () => {
    const cart = api.asyncRequest('GET', '/cart', { name: 'cart' })
    const mug = api.asyncRequest('GET', '/product-meta/6E92ZMYYFZ', { name: 'product-meta' })
    for (const response of await Promise.all([cart, mug])) ensure(response, { 'it is there': status(200) })
  })
  think(1, 2)
})

const parallel = suite({
  name: 'parallel',
  scenarios: { pages: workload()(page, { rate: 2 }), apps: workload()(app, { rate: 2 }) },
  thresholds: { 'group_duration{journey:app}': ['p(95)<500'] }, // the step: as long as its slowest request
})

export const { options, setup, teardown, handleSummary } = parallel
export default parallel

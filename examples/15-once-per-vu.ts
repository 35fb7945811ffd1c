/** Log in once for each VU, outside of the funnel, and upload a file. */
import http from 'k6/http'
import {
  client,
  contains,
  ensure,
  journey,
  onceEachVU,
  query,
  settings,
  status,
  step,
  suite,
} from 'loadwright'
import { workload } from 'loadwright/scenarios'

const api = client(settings().BASE_URL, { session: 'vu' }) // the VU keeps its cookies: it stays logged in
const card = 'Happy birthday!' // open('./card.pdf', 'b') reads a file beside the suite; a monitor cannot have it

const logIn = onceEachVU('log in', () => {
  ensure(api.get('/', { name: 'log-in', responseType: 'none' }), { 'logged in': status(200) })
  return api.jar().cookiesForURL(settings().BASE_URL)['shop_session-id']?.[0]
})

const gift = journey('gift', () => {
  const user = logIn() ?? 'nobody' // where this throws, the journey fails, and the next iteration tries again
  const mine = api.with({ headers: { 'X-User': user } })
  step('send gift', () => {
    const file = http.file(card, 'card.txt', 'text/plain')
    const form = { product_id: '6E92ZMYYFZ', quantity: 1, card: file } // multipart: one of its fields is a file
    ensure(mine.post('/cart', { name: 'send', redirects: 0, form }), { 'gift is taken': status(302) })
  })
  step('see gift', () => {
    const path = '/cart' + query({ sort: 'price', show: ['name', 'SKU'] }) // ?sort=price&show=name&show=SKU
    ensure(mine.get(path, { name: 'gifts' }), { 'gift is there': contains('SKU #6E92ZMYYFZ') })
  })
})

const gifts = suite({ name: 'once-per-vu', scenarios: { givers: workload()(gift, { rate: 2 }) } })

export const { options, setup, teardown, handleSummary } = gifts
export default gifts

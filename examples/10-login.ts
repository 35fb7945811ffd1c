/** Log in once, in `setup`: what it returns reaches every VU on every instance. */
import { check, client, contains, ensure, journey, settings, status, step, suite, think } from 'loadwright'
import { workload } from 'loadwright/scenarios'

const api = client(settings().BASE_URL)

/** What `setup` hands to the journeys: JSON, so no functions and no classes. */
interface Login {
  token: string
}

/** The shop knows its users by a cookie; with a target that wants a header: `headers: { Authorization: \`Bearer …\` }`. */
const as = ({ token }: Login) => ({ cookies: { 'shop_session-id': token } })

const account = journey<Login>('account', (login) => {
  step('view cart', () => {
    const response = api.get('/cart', { name: 'cart', ...as(login) })
    ensure(response, { 'cart is up': status(200) })
    check(response, { 'it is the cart of who logged in': contains('SKU #6E92ZMYYFZ') })
  })
  think(1, 2)
})

const accounts = suite({
  name: 'accounts',
  scenarios: { members: workload()(account, { rate: 4 }) },
  setup: (): Login => {
    const form = { product_id: '6E92ZMYYFZ', quantity: 1 }
    const { cookies } = api.post('/cart', { name: 'log-in', redirects: 0, form })
    const token = cookies['shop_session-id']?.[0]?.value
    if (token === undefined) throw new Error('log-in gave no token') // ends the run before load starts, exit 96
    return { token }
  },
  teardown: (login) => {
    api.post('/cart/empty', { name: 'log-out', redirects: 0, ...as(login) })
  },
})

export const { options, setup, teardown, handleSummary } = accounts
export default accounts

import { expect, test } from 'vitest'
import { cannedShop, PRODUCTS, type Page } from '../../test/doubles/cannedShop.ts'
import { samples, total, values } from '../../test/recorded.ts'
import { rehearse, type CannedResponse, type Recording } from '../../testing/index.ts'
import type { Journey } from '../../lib/index.ts'
import { browse, checkout, CURRENCIES, currency, products } from './index.ts'

const visitors = { name: 'visitors', executor: 'constant-vus' }
const visit = (journey: Journey, wrong?: Partial<Record<Page, CannedResponse>>, iterations = 1) =>
  rehearse(journey, { scenario: visitors, iterations, respond: cannedShop(wrong), env: { SEED: '1' } })
const steps = (seen: Recording) => samples(seen, 'steps_completed').map(({ tags }) => tags.step)
const broken = (seen: Recording) => seen.checks.filter(({ ok }) => !ok).map(({ name }) => name)

test.each<[Journey, string[]]>([
  [browse, ['open home', 'view product', 'view another product', 'view cart']],
  [currency, ['open home', 'set currency', 'view product']],
  [checkout, ['open home', 'view product', 'add to cart', 'place order']],
])('$journey passes on a shop that works, step by step', async (journey, expected) => {
  const seen = await visit(journey)
  expect(steps(seen)).toEqual(expected)
  expect(broken(seen)).toEqual([])
  expect(seen.sleeps).toHaveLength(journey === currency ? 2 : 3)
  expect([total(seen, 'boutique_sessions'), values(seen, 'journey_failed')]).toEqual([1, [0]])
})

test('all products and all currencies get their turn', async () => {
  const [looked, changed] = [await visit(browse, {}, 100), await visit(currency, {}, 100)]
  const paths = looked.requests.map(({ url }) => new URL(url).pathname)
  const viewed = paths.filter((path) => path.startsWith('/product/')).map((path) => path.slice(9))
  expect(new Set(viewed)).toEqual(new Set(Object.keys(PRODUCTS)))
  const codes = changed.requests.flatMap(({ body }) => new URLSearchParams(body).getAll('currency_code'))
  expect(new Set(codes)).toEqual(new Set(CURRENCIES))
  expect([broken(looked), broken(changed)]).toEqual([[], []])
})

/** Each page, wrong in each way that matters: what is said of it, and the steps that are still completed. */
const home = 'open home'
const inCart = [home, 'view product']
test.each<[Journey, Page, CannedResponse, string, string[]]>([
  [browse, 'home', { status: 500 }, 'home is up', []],
  [
    browse,
    'home',
    { body: 'Uh, oh!' },
    'home lists products',
    [...inCart, 'view another product', 'view cart'],
  ],
  [browse, 'product', { status: 500 }, 'product page is up', [home]],
  [browse, 'cart', { status: 500 }, 'cart is up', [...inCart, 'view another product']],
  [
    checkout,
    'product',
    { body: '<h2>Gloves</h2>' },
    'product is the one asked for',
    [...inCart, 'add to cart', 'place order'],
  ],
  [
    checkout,
    'product',
    { body: '<h2>Mug</h2>' },
    'products are recommended',
    [...inCart, 'add to cart', 'place order'],
  ],
  [checkout, 'add', { status: 422 }, 'cart takes the product', [...inCart, 'add to cart', 'place order']],
  [checkout, 'cart', { body: 'Your shopping cart is empty!' }, 'cart holds the product', inCart],
  [checkout, 'order', { status: 500 }, 'order is accepted', [...inCart, 'add to cart']],
  [checkout, 'order', { body: 'Total Paid $19.99' }, 'order is complete', [...inCart, 'add to cart']],
  [
    checkout,
    'order',
    { body: 'Your order is complete! Total Paid $0.00' },
    'something was paid',
    [...inCart, 'add to cart'],
  ],
  [currency, 'currency', { status: 422 }, 'currency is accepted', [home]],
  [
    currency,
    'home',
    { body: 'Hot Products' },
    'currency is selected',
    [home, 'set currency', 'view product'],
  ],
])(
  '$journey: a wrong page "%s" (%j) is said to be so: %s',
  async (journey, page, answer, what, completed) => {
    const seen = await visit(journey, { [page]: answer })
    expect(broken(seen)).toContain(what)
    expect(steps(seen)).toEqual(completed)
    const abandoned = !completed.includes(
      { browse: 'view cart', checkout: 'place order' }[journey.journey] ?? 'view product',
    )
    expect(values(seen, 'journey_failed')).toEqual([abandoned ? 1 : 0])
  },
)

test.each([
  ['$', '1.05', true],
  ['¥', '2235.06', true],
  ['₺', '0.05', true],
  ['€', '0.50', true],
  ['£', '0.00', false],
])('a total of %s%s counts as paid: %s', async (logo, amount, paid) => {
  const body = `Your order is complete!\n<p>Total Paid</p>\n  <b>${logo}${amount}</b>`
  expect(broken(await visit(checkout, { order: { body } }))).toEqual(paid ? [] : ['something was paid'])
})

test('checkout success is counted over starts: one that never saw the cart is a failure too', async () => {
  const accepted = async (wrong?: Partial<Record<Page, CannedResponse>>) => {
    const seen = await visit(checkout, wrong, 2)
    return [values(seen, 'boutique_checkout_success'), total(seen, 'boutique_orders', { currency: 'USD' })]
  }
  expect(await accepted()).toEqual([[1, 1], 2])
  expect(await accepted({ home: { status: 500 } })).toEqual([[0, 0], 0])
  expect(await accepted({ order: { status: 500 } })).toEqual([[0, 0], 0])
})

test('an order’s time is that of its request; additions that were not taken are counted', async () => {
  const slow = await visit(checkout, {
    order: { duration: 700, body: 'Your order is complete! Total Paid $1.00' },
  })
  expect(values(slow, 'boutique_checkout_duration')).toEqual([700])
  expect(total(slow, 'boutique_cart_errors')).toBe(0)
  expect(total(await visit(checkout, { add: { status: 422 } }), 'boutique_cart_errors')).toBe(1)
})

test('each visitor is new: no cookie of the iteration before', async () => {
  const seen = await visit(checkout, {}, 3)
  const first = seen.requests.filter(({ url }) => new URL(url).pathname === '/')
  expect(first.map(({ cookies }) => cookies)).toEqual([{}, {}, {}])
  expect(total(seen, 'boutique_orders')).toBe(3)
})

test('before load each product is tried at its own page', async () => {
  const probes = () =>
    Array.from({ length: products.length }, (_, index) => products.options.probe?.(products.at(index)))
  const seen = await rehearse(probes, { env: { BASE_URL: 'http://127.0.0.1:9' } })
  expect(seen.returned[0]).toEqual(Object.keys(PRODUCTS).map((id) => `http://127.0.0.1:9/product/${id}`))
  for (const { pools } of [browse, checkout, currency]) expect(pools).toEqual([products])
})

import { expect, test } from 'vitest'
import { PRODUCTS } from '../../../test/doubles/cannedShop.ts'
import type { PageEvent } from '../../../lib/catalog.ts'
import { rehearse, type PageAct, type Perform } from '../../../testing/index.ts'
import { buy } from './buy.ts'

const main = Object.values(PRODUCTS).join(' ').replace('&amp;', '&')
const well: Perform = ({ act }) => (act === 'innerText' ? `${main} Total Paid $12.00` : undefined)
/** The shop as it should be, but for one act. */
const but =
  (is: (act: PageAct) => boolean, does: (act: PageAct) => unknown): Perform =>
  (act) =>
    is(act) ? does(act) : well(act)
const steps = (seen: Awaited<ReturnType<typeof rehearse>>) =>
  seen.steps.map(({ name, ok }) => `${name} ${ok}`)
const isView = ({ act, on }: PageAct) => act === 'click' && on.includes('/product/')

test('a shopper buys: what the browser is asked, in order', async () => {
  const seen = await rehearse(buy, { perform: well })
  expect(steps(seen)).toEqual(['open home true', 'view product true', 'add to cart true', 'place order true'])
  const acts = seen.acts.filter(({ on, act }) => on.startsWith('page') && /goto|click|close/.test(act))
  expect(acts.map(({ act, on }) => `${act} ${on.replace(/product\/\w+/, 'product/…')}`))
    .toMatchInlineSnapshot(`
    [
      "goto page",
      "click page.getByRole("main").locator("a[href$=\\"/product/…\\"]").first()",
      "click page.getByRole("button", {"name":"Add To Cart"})",
      "click page.getByRole("button", {"name":"Place Order"})",
      "close page",
    ]
  `)
  expect(seen.samples.filter(({ metric }) => metric === 'boutique_orders')).toHaveLength(1)
  const headers = seen.acts
    .filter(({ act }) => act === 'setExtraHTTPHeaders')
    .map(({ given }) => Object.keys(given[0] as object))
  expect(headers).toEqual([['traceparent', 'baggage'], []])
})

test.each([
  [
    'an error page',
    () => ({ url: 'http://127.0.0.1/product/x', status: 500 }),
    'the page answered with status 500',
  ],
  ['a script’s error', () => ({ console: ['loadwright:script TypeError: x'] }), 'script error: TypeError: x'],
  ['a box', () => ({ console: ['loadwright:dialog alert: Bye'] }), 'the page showed alert: Bye'],
  [
    'a missing link',
    () => {
      throw new Error('clicking: timed out after 30s')
    },
    'clicking: timed out after 30s',
  ],
])('%s turns its step red, and keeps what the page looked like', async (_, does, reason) => {
  const seen = await rehearse(buy, { perform: but(isView, does), env: { PICTURES: '/pictures' } })
  expect(steps(seen)).toEqual(['open home true', 'view product false'])
  expect(seen.errors.map((error) => (error as Error).message)).toEqual([reason])
  const [page] = seen.logs.flatMap(({ text }) =>
    text.includes('"loadwright":"page"') ? [JSON.parse(text) as PageEvent] : [],
  )
  expect(page).toMatchObject({ journey: 'buy', step: 'view product', iteration: 0 })
  expect(seen.acts.find(({ act }) => act === 'screenshot')?.given).toEqual([
    { path: `/pictures/${page?.picture}` },
  ])
})

/** A journey tested in vitest, without k6 and without a target: what it sends, and what it makes of the answers. */
import { rehearse, type CannedResponse, type SentRequest } from 'loadwright/testing'
import { expect, test } from 'vitest'
import { present } from './02-custom-journey.ts'

/** Plays the target: gets each request, and answers at once. */
const shop = ({ method, url }: SentRequest): CannedResponse => {
  if (url.endsWith('/product/6E92ZMYYFZ')) return { body: '<h2>Mug</h2><p>$8.99</p>' }
  if (method === 'POST') return { status: 302, headers: { Location: '/cart' } }
  return { body: '<div>SKU #6E92ZMYYFZ</div>' }
}

test('a present is found and put into the cart', async () => {
  const seen = await rehearse(present, { respond: shop })
  expect(seen.requests.map(({ tags }) => tags.name)).toEqual(['product', 'add-to-cart', 'cart'])
  expect(seen.requests[1]?.body).toBe('product_id=6E92ZMYYFZ&quantity=1')
  expect(seen.checks.filter(({ ok }) => !ok)).toEqual([])
  expect(seen.samples.find(({ metric }) => metric === 'gift_price')?.value).toBe(8.99)
})

test('without the mug the journey is abandoned: nothing is put into the cart', async () => {
  const seen = await rehearse(present, { respond: () => ({ status: 404 }) })
  expect(seen.requests.map(({ tags }) => tags.name)).toEqual(['product'])
  expect(seen.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['mug is there'])
})

import { expect, test } from 'vitest'
import { order, visit } from '../test/doubles/shopper.ts'

const listed = ({ body }: { body: string }): unknown => JSON.parse(body)

test('missing products stay linked on home but fail everywhere else', async () => {
  const { get, post } = await visit({ faults: ['missing-products=OLJCESPC7Z,66VCHSJNUP'] })
  expect((await get('/')).body).toContain('href="/product/OLJCESPC7Z"')
  expect((await get('/product/OLJCESPC7Z')).status).toBe(500)
  expect((await post('/cart', { product_id: '66VCHSJNUP', quantity: '1' })).status).toBe(500)
  expect((await post('/cart', { product_id: '66VCHSJNUP', quantity: '0' })).status).toBe(422)
  expect((await get('/product-meta/OLJCESPC7Z')).body).toBe('')
  expect((await get('/product/6E92ZMYYFZ')).status).toBe(200)
})

test('errors and lost redirects reach the client, and an order that failed was not placed', async () => {
  const { get, post } = await visit({ faults: ['errors=/cart/checkout:1', 'redirect-loss=1'] })
  const added = await post('/cart', { product_id: '6E92ZMYYFZ', quantity: '1' })
  expect([added.status, added.headers.location]).toEqual([302, undefined])
  const { status, body } = await post('/cart/checkout', order())
  expect(status).toBe(500)
  expect(body).toContain('fault: errors=/cart/checkout:1')
  expect((await get('/cart')).body).toContain('Cart (1)')
})

test('faults are listed, replaced at once, or left as they were', async () => {
  const { shop, get } = await visit({ faults: ['drift=1'] })
  const put = (body: string) => fetch(`${shop.url}/_faults`, { method: 'PUT', body })
  expect(listed(await get('/_faults'))).toEqual(['drift=1'])
  const replaced = await put('["errors=/:1","redirect-loss=0"]')
  expect([replaced.status, await replaced.json()]).toEqual([200, ['errors=/:1', 'redirect-loss=0']])
  expect((await get('/')).status).toBe(500)

  const refused = await put('["errors=/:0","errors=/:7","nope"]')
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ problems: { length: 2 } })
  for (const body of ['', '{}', '[1]', `["${'x'.repeat(70_000)}"]`])
    expect((await put(body)).status).toBe(400)
  expect(listed(await get('/_faults'))).toEqual(['errors=/:1', 'redirect-loss=0'])
  expect((await put('[]')).status).toBe(200)
  expect((await get('/')).status).toBe(200)
})

test('faults left in force break a cart that holds a product gone since', async () => {
  const { shop, get, post } = await visit()
  await post('/cart', { product_id: '6E92ZMYYFZ', quantity: '1' })
  await fetch(`${shop.url}/_faults`, { method: 'PUT', body: '["missing-products=6E92ZMYYFZ"]' })
  expect((await get('/cart')).status).toBe(500)
  const { status, body } = await post('/cart/checkout', order())
  expect([status, body.includes('failed to complete the order')]).toEqual([500, true])
})

test('the control route is for this machine alone', async () => {
  const { get, post } = await visit()
  expect((await get('/_faults', { headers: { host: 'shop.example' } })).status).toBe(403)
  expect((await get('/_faults', { headers: { 'x-forwarded-for': '10.0.0.1' } })).status).toBe(403)
  expect((await post('/_faults')).status).toBe(405)
  expect((await get('/_faults')).cookies).toEqual([])
})

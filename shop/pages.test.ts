import { expect, test } from 'vitest'
import { PRODUCTS } from './catalog.ts'
import { order, visit } from '../test/doubles/shopper.ts'

const count = (text: string, part: string | RegExp) => text.split(part).length - 1
const FOOTER = /session-id: tester —\s+request-id: [\da-f-]{36}/g

test('home links nine products and ends twice', async () => {
  const { get } = await visit()
  const { body } = await get('/')
  expect(body).toMatch(/<title>\s*Online Boutique\s*<\/title>/)
  expect(body).toContain('<h3>Hot Products</h3>')
  for (const { id } of PRODUCTS) expect(count(body, `href="/product/${id}"`)).toBe(1)
  for (const [part, times] of [
    ['href="/product/', 9],
    ['hot-product-card-name', 9],
    ['hot-product-card-price', 9],
    ['hot-product-card', 36],
    ['</html>', 2],
    ['This website is hosted for demo purposes only.', 2],
    ['platform-flag', 1],
    ['id="currency_form"', 1],
    ['cart-size-circle', 0],
  ] as const)
    expect([part, count(body, part)]).toEqual([part, times])
  expect(body.match(FOOTER)).toHaveLength(2)
  expect(body).toContain('<option value="USD" selected="selected">')
  expect(body).toContain('Salt &amp; Pepper Shakers')
})

test('a product page offers the product, up to four others and an ad', async () => {
  const { get } = await visit()
  const { body } = await get('/product/LS4PSXUNUM')
  expect(body).toContain('<h2>Salt &amp; Pepper Shakers</h2>')
  expect(body).toContain('<p class="product-price">$18.49</p>')
  expect(body).toContain('<input type="hidden" name="product_id" value="LS4PSXUNUM">')
  expect(body).toContain('select name="quantity"')
  expect(body.match(/<option>\d+/g)?.join()).toBe(
    '<option>1,<option>2,<option>3,<option>4,<option>5,<option>10',
  )
  for (const marker of ['Add To Cart', 'You May Also Like', '<strong>Ad</strong>'])
    expect(body).toContain(marker)
  const others = [
    ...body.slice(body.indexOf('You May'), body.indexOf('<strong>Ad')).matchAll(/product\/(\w{10})/g),
  ]
  expect(new Set(others.map(([, id]) => id)).size).toBe(4)
  expect(others.map(([, id]) => id)).not.toContain('LS4PSXUNUM')
  expect(body.match(FOOTER)).toHaveLength(1)
})

test('prices follow the cookie; a wrong one makes them all $0.00 with nothing selected', async () => {
  const { get } = await visit()
  const price = async (code: string) => {
    const headers = { cookie: `shop_session-id=tester; shop_currency=${code}` }
    const { body, status } = await get('/product/6E92ZMYYFZ', { headers })
    return [status, /product-price">([^<]*)/.exec(body)?.[1], / value="(\w+)" selected/.exec(body)?.[1]]
  }
  expect(await price('JPY')).toEqual([200, '¥1005.16', 'JPY'])
  expect(await price('CHF')).toEqual([200, '$9.03', undefined])
  expect(await price('XXX')).toEqual([200, '$0.00', undefined])
  expect(await price('<b>')).toEqual([200, '$0.00', undefined])
})

test('a cart from empty to order and back', async () => {
  const { get, post } = await visit({}, 'shop_session-id=tester; shop_currency=GBP')
  expect((await get('/cart')).body).toContain('Your shopping cart is empty!')
  await post('/cart', { product_id: '6E92ZMYYFZ', quantity: '3' })
  await post('/cart', { product_id: '9SIQT8TOJO', quantity: '10' })
  await post('/cart', { product_id: '9SIQT8TOJO', quantity: '1' })
  const { body } = await get('/cart')
  for (const marker of [
    '<h3>Cart (14)</h3>',
    '<span class="cart-size-circle">14</span>',
    'SKU #6E92ZMYYFZ',
    'Quantity: 3',
    '£20.50',
    'Quantity: 11',
    'action="/cart/checkout"',
    'Place Order',
    'Empty Cart',
    'value="4432801561520454"',
  ])
    expect(body).toContain(marker)
  expect(body).toMatch(/cart-summary-shipping-row.*£6\.83/)
  const year = new Date().getFullYear()
  expect(body.match(/<option value="\d{4}"/g)).toHaveLength(5)
  expect(body).toContain(`<option value="${year + 1}" selected>`)
  const total = /cart-summary-total-row.*(£[\d.]+)/.exec(body)?.[1] ?? ''
  const also = body.slice(body.indexOf('You May Also Like'))
  expect(also).not.toMatch(/6E92ZMYYFZ|9SIQT8TOJO/)

  const placed = await post('/cart/checkout', order())
  expect(placed.status).toBe(200)
  expect(placed.body).toContain('Your order is complete!')
  expect(placed.body).toContain(`Total Paid <strong>${total}</strong>`)
  expect(placed.body).toMatch(/Confirmation # <strong>[\da-f]{8}-[\da-f]{4}-1/)
  expect(placed.body).toMatch(/Tracking # <strong>[A-Z]{2}-44\d{3}-22\d{7}</)
  expect(placed.body).not.toMatch(/currency_form|cart-size-circle/)
  expect((await get('/cart')).body).toContain('Your shopping cart is empty!')
})

test('an emptied cart is empty, and ordering it costs nothing', async () => {
  const { get, post } = await visit()
  await post('/cart', { product_id: '6E92ZMYYFZ', quantity: '3' })
  expect((await post('/cart/empty')).headers.location).toBe('/')
  expect((await get('/cart')).body).toContain('Your shopping cart is empty!')
  expect((await post('/cart/checkout', order())).body).toContain('Total Paid <strong>$0.00</strong>')
})

const errorOf = (body: string) =>
  /<pre class="border border-danger p-3"[^>]*>([^<]*)/.exec(body)?.[1]?.split('\n')

test('a broken form is a 422 page: one escaped line a field and no stack', async () => {
  const { post } = await visit()
  const { status, body } = await post('/cart', { product_id: '', quantity: '11' })
  expect(status).toBe(422)
  expect(body).toContain('<h1>Uh, oh!</h1>')
  expect(body).toContain('<strong>HTTP Status:</strong> 422 Unprocessable Entity')
  expect(errorOf(body)).toEqual([
    'Field &#39;Quantity&#39; is invalid: lte',
    'Field &#39;ProductID&#39; is invalid: required',
  ])
  expect(body).not.toMatch(/currency_form|cart-size-circle/)
})

test('an unknown product is a 500 page with the error first and a stack, all escaped', async () => {
  const { get } = await visit()
  const { status, body } = await get('/product/%3Cscript%3E')
  expect(status).toBe(500)
  expect(body).toContain('<strong>HTTP Status:</strong> 500 Internal Server Error')
  expect(errorOf(body)?.slice(0, 2)).toEqual([
    'rpc error: code = NotFound desc = no product with ID &lt;script&gt;',
    'could not retrieve product',
  ])
  expect(errorOf(body)?.length).toBeGreaterThan(2)
  const evil = { cookie: 'shop_session-id=<script>' }
  expect((await get('/', { headers: evil })).body).toContain('session-id: &lt;script&gt;')
})

test.each([
  ['378282246310005', 'Only VISA or MasterCard is accepted.'],
  ['4222222222222', 'Credit card info is invalid'],
  ['4432801561520454', 'Your credit card (ending 0454) expired on 1/2020'],
])('a refused card %s is a 500 page, and the cart is kept', async (number, reason) => {
  const { get, post } = await visit()
  await post('/cart', { product_id: '6E92ZMYYFZ', quantity: '1' })
  const refused = { credit_card_number: number, credit_card_expiration_year: '2020' }
  const { status, body } = await post('/cart/checkout', order(refused))
  expect(status).toBe(500)
  expect(errorOf(body)?.slice(0, 2)).toEqual([
    'rpc error: code = Internal desc = failed to charge card: could not charge the card: rpc error: ' +
      `code = Code(400) desc = ${reason}`,
    'failed to complete the order',
  ])
  expect((await get('/cart')).body).toContain('Cart (1)')
})

test('the same seed recommends the same products', async () => {
  const pages = async (seed: number) => {
    const { get } = await visit({ seed })
    const { body } = await get('/product/6E92ZMYYFZ')
    return [...body.matchAll(/href="\/product\/(\w+)"/g)].map(([, id]) => id).join()
  }
  expect(await pages(7)).toBe(await pages(7))
  expect(new Set([await pages(1), await pages(2), await pages(3), await pages(4)]).size).toBeGreaterThan(1)
})

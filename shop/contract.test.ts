import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { ShopError, startShop } from './index.ts'
import { ask, order, visit } from '../test/doubles/shopper.ts'

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

test('every route answers its status, wrong methods 405 without a word, the rest 404', async () => {
  const { shop } = await visit()
  const status = async (line: string) => {
    const [method = '', path = ''] = line.split(' ')
    const { status, body, headers } = await ask(shop.url, method, path)
    return `${line} ${status} ${headers.allow ?? ''}${headers.location ?? ''}${status === 405 ? body : ''}`.trim()
  }
  const lines = [
    [
      'GET / 200',
      'HEAD / 200',
      'PUT / 405',
      'GET /product/6E92ZMYYFZ 200',
      'GET /product/NOPE 500',
      'GET /cart 200',
    ],
    [
      'HEAD /cart 200',
      'POST /cart 422',
      'POST /cart/empty 302 /',
      'POST /setCurrency 422',
      'POST /cart/checkout 422',
    ],
    [
      'GET /logout 302 /',
      'HEAD /logout 405',
      'GET /product-meta/NOPE 200',
      'GET /assistant 200',
      'POST /bot 500',
    ],
    [
      'POST /_healthz 200',
      'PUT /robots.txt 200',
      'GET /static/styles/styles.css 200',
      'GET /static/none 404',
    ],
    [
      'GET /static 404',
      'GET /favicon.ico 404',
      'GET /cart/ 404',
      'GET /product/ 404',
      'GET //cart 301 /cart',
    ],
    ['GET /a/../cart?x=1 301 /cart?x=1', 'GET /%zz 400', 'GET //evil.example/ 301 /evil.example/'],
  ].flat()
  const asked = lines.map((line) => status(line.split(' ').slice(0, 2).join(' ')))
  expect(await Promise.all(asked)).toEqual(lines)
})

test('plain routes say what they say', async () => {
  const { get } = await visit()
  expect(await get('/_healthz')).toMatchObject({ status: 200, body: 'ok' })
  expect((await get('/robots.txt')).body).toBe('User-agent: *\nDisallow: /')
  expect(await get('/nowhere')).toMatchObject({
    body: '404 page not found\n',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
  expect(await get('/product-meta/NOPE')).toMatchObject({ status: 200, body: '' })
  const { headers, body } = await get('/product-meta/LS4PSXUNUM')
  expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(JSON.parse(body)).toMatchObject({
    name: 'Salt & Pepper Shakers',
    price_usd: { currency_code: 'USD', units: 18, nanos: 490_000_000 },
  })
})

test('pages are chunked html', async () => {
  const { get } = await visit()
  for (const path of ['/', '/product/6E92ZMYYFZ', '/cart'])
    expect((await get(path)).headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'transfer-encoding': 'chunked',
    })
})

test.each(['/', '/nowhere', '/static/none', '/_healthz', '//cart'])(
  'a first contact at %s gets a session without a Path',
  async (path) => {
    const { shop } = await visit()
    const { cookies } = await ask(shop.url, 'GET', path)
    expect(cookies).toHaveLength(1)
    const [, id = ''] = /^shop_session-id=(.*); Max-Age=172800$/.exec(cookies[0] ?? '') ?? []
    expect(id).toMatch(UUID)
  },
)

test('a known session gets no cookie, one that is too long gets another', async () => {
  const { get } = await visit()
  expect((await get('/')).cookies).toEqual([])
  const long = { cookie: `a=b; shop_session-id=${'x'.repeat(500)}` }
  expect((await get('/', { headers: long })).cookies).toHaveLength(1)
})

test('the currency is a cookie, and the form leads back', async () => {
  const { post } = await visit()
  const chosen = await post(
    '/setCurrency',
    { currency_code: 'EUR' },
    { headers: { referer: 'http://x/cart' } },
  )
  expect(chosen).toMatchObject({ status: 302, body: '', cookies: ['shop_currency=EUR; Max-Age=172800'] })
  expect(chosen.headers.location).toBe('http://x/cart')
  expect((await post('/setCurrency', { currency_code: 'AED' })).headers.location).toBe('/')
})

test('logging out ends every cookie sent, or begins a session', async () => {
  const { get, shop } = await visit({}, 'shop_session-id=s; shop_currency=EUR')
  expect((await get('/logout')).cookies.map((cookie) => cookie.replace(/Expires=[^;]*; /, ''))).toEqual([
    'shop_session-id=; Max-Age=0',
    'shop_currency=; Max-Age=0',
  ])
  const fresh = await ask(shop.url, 'GET', '/logout')
  expect(fresh.cookies).toHaveLength(1)
  expect(fresh.cookies[0]).toContain('Max-Age=172800')
})

test('forms also come by query and multipart, a JSON body is no form', async () => {
  const { post, get } = await visit()
  expect((await post('/cart?product_id=6E92ZMYYFZ&quantity=2')).headers.location).toBe('/cart')
  const multipart = ['product_id"\r\n\r\n6E92ZMYYFZ', 'quantity"\r\n\r\n3']
    .map((part) => `--B\r\nContent-Disposition: form-data; name="${part}\r\n`)
    .join('')
  const sent = { body: `${multipart}--B--`, headers: { 'content-type': 'multipart/form-data; boundary=B' } }
  expect((await post('/cart', {}, sent)).status).toBe(302)
  expect((await get('/cart')).body).toContain('<h3>Cart (5)</h3>')
  const json = { body: '{"quantity":1}', headers: { 'content-type': 'application/json' } }
  expect((await post('/cart', {}, json)).status).toBe(422)
})

test('a body over 64 KiB is 413, a torn one hurts nobody', async () => {
  const { post, shop } = await visit()
  expect((await post('/cart', { product_id: 'x'.repeat(70_000) })).status).toBe(413)
  expect((await post('/cart', { product_id: 'x'.repeat(60_000) })).status).toBe(422)
  const torn = { body: 'quantity=1', headers: { 'content-length': '5000' } }
  const answer = post('/cart', {}, torn).catch((error: unknown) => error)
  await shop.close()
  expect(await answer).toBeInstanceOf(Error)
})

test('garbage on the wire does not hurt the shop', async () => {
  const { shop, get } = await visit()
  for (const garbage of ['\0\xff\r\n\r\n', 'GET / HTTP/9\r\n\r\n', 'GET * HTTP/1.1\r\nHost: x\r\n\r\n'])
    await new Promise<void>((resolve) => {
      const socket = connect(shop.port, '127.0.0.1', () => socket.end(garbage))
      socket
        .on('close', () => resolve())
        .on('error', () => resolve())
        .resume()
    })
  expect((await get('/')).status).toBe(200)
})

test('two checkouts of one cart: the second pays nothing', async () => {
  const { post } = await visit()
  await post('/cart', { product_id: '6E92ZMYYFZ', quantity: '1' })
  const pages = await Promise.all([post('/cart/checkout', order()), post('/cart/checkout', order())])
  const paid = pages.map(({ body }) => /Total Paid <strong>([^<]*)/.exec(body)?.[1])
  expect(paid.sort()).toEqual(['$0.00', '$17.98'])
})

test('a port in use is a sentence, and so is every bad option at once', async () => {
  const { shop } = await visit()
  const again = startShop({ port: shop.port })
  await expect(again).rejects.toThrow(ShopError)
  await expect(again).rejects.toThrow(
    `Port ${shop.port} of 127.0.0.1 is in use: stop what listens there, or choose another (0 takes any free one).`,
  )
  const bad = startShop({
    port: -1,
    serviceTime: -1,
    traces: { url: 'x', drop: 2 },
    faults: ['drift=x', 'nope'],
  })
  await expect(bad).rejects.toMatchObject({ problems: { length: 6 } })
})

test('closing cuts connections, and again is harmless', async () => {
  const shop = await startShop({ faults: ['latency=/:60000'] })
  const hanging = ask(shop.url, 'GET', '/').catch((error: unknown) => error)
  expect((await ask(shop.url, 'GET', '/_healthz')).status).toBe(200)
  await shop.close()
  await shop.close()
  expect(await hanging).toBeInstanceOf(Error)
  await expect(fetch(shop.url)).rejects.toThrow()
})

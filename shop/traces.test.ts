import { createServer } from 'node:http'
import { onTestFinished, expect, test } from 'vitest'
import { otlpPayload } from './otlp.ts'
import { place, CALLS } from './spans.ts'
import { order, visit } from '../test/doubles/shopper.ts'
import { parseTraceparent } from './traceparent.ts'

type Payload = ReturnType<typeof otlpPayload>

async function collector(status = 200) {
  const received: { url: string; payload: Payload }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      received.push({ url: request.url ?? '', payload: JSON.parse(body) as Payload })
      response.writeHead(status).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const spans = () =>
    received.flatMap((each) =>
      each.payload.resourceSpans.flatMap(({ resource, scopeSpans }) =>
        scopeSpans.flatMap((scope) =>
          scope.spans.map((span) => ({ ...span, service: resource.attributes[0]?.value.stringValue })),
        ),
      ),
    )
  return { url: `http://127.0.0.1:${port}`, received, spans }
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const headers = { traceparent: `00-${TRACE}-00f067aa0ba902b7-00`, cookie: 'shop_session-id=tester' }

test('a checkout is a tree of spans under the caller’s, one resource a service', async () => {
  const { url, received, spans } = await collector()
  const { shop, post } = await visit({ traces: { url: `${url}/` } })
  await post('/cart', { product_id: '6E92ZMYYFZ', quantity: '1' }, { headers })
  await post('/cart/checkout', order(), { headers })
  await shop.close()
  expect(received[0]?.url).toBe('/v1/traces')
  const all = spans()
  expect(new Set(all.map((span) => span.traceId))).toEqual(new Set([TRACE]))
  expect(new Set(all.map((span) => span.spanId)).size).toBe(all.length)
  const roots = all.filter((span) => span.parentSpanId === '00f067aa0ba902b7')
  expect(roots.map((span) => [span.service, span.name])).toEqual([
    ['frontend', 'POST'],
    ['frontend', 'POST'],
  ])
  const known = new Set(all.map((span) => span.spanId))
  expect(
    all.filter((span) => !roots.includes(span)).every((span) => known.has(span.parentSpanId ?? '')),
  ).toBe(true)
  expect([...new Set(all.map((span) => span.service))].sort()).toEqual([
    'cartservice',
    'checkoutservice',
    'currencyservice',
    'emailservice',
    'frontend',
    'paymentservice',
    'productcatalogservice',
    'recommendationservice',
    'shippingservice',
  ])
  for (const span of all) {
    const parent = all.find((each) => each.spanId === span.parentSpanId)
    expect(BigInt(span.startTimeUnixNano) <= BigInt(span.endTimeUnixNano)).toBe(true)
    if (parent !== undefined)
      expect(BigInt(span.startTimeUnixNano) >= BigInt(parent.startTimeUnixNano)).toBe(true)
  }
})

test('a refused card fails the payment span and whatever waits for it', async () => {
  const { url, spans } = await collector()
  const { shop, post } = await visit({ traces: { url } })
  await post('/cart/checkout', order({ credit_card_expiration_year: '2020' }), { headers })
  await shop.close()
  const failed = spans().filter((span) => span.status.code === 2)
  expect(failed.map((span) => span.service).sort()).toEqual(['checkoutservice', 'frontend', 'paymentservice'])
  expect(spans().some((span) => span.service === 'emailservice')).toBe(false)
})

test('drop loses a share of the spans, the same for a seed', async () => {
  const kept = async (drop: number) => {
    const { url, spans } = await collector()
    const { shop, get } = await visit({ traces: { url, drop } })
    for (let i = 0; i < 20; i++) await get('/product/6E92ZMYYFZ', { headers })
    await shop.close()
    return spans().length
  }
  const half = await kept(0.5)
  expect(await kept(0.5)).toBe(half)
  expect(await kept(0)).toBe(140)
  expect(half).toBeGreaterThan(40)
  expect(half).toBeLessThan(100)
  expect(await kept(1)).toBe(0)
})

test('a collector that refuses or is not there never hurts the shop', async () => {
  const { url } = await collector(500)
  for (const target of [url, 'http://127.0.0.1:1']) {
    const { shop, get } = await visit({ traces: { url: target } })
    for (let i = 0; i < 10; i++) expect((await get('/')).status).toBe(200)
    await shop.close()
  }
})

test('requests without a parent begin a trace of their own', async () => {
  const { url, spans } = await collector()
  const { shop, get } = await visit({ traces: { url } })
  await get('/_healthz')
  await get('/nowhere')
  await shop.close()
  expect(new Set(spans().map((span) => span.traceId)).size).toBe(2)
  expect(spans().every((span) => span.parentSpanId === undefined)).toBe(true)
})

test.each([
  [`00-${TRACE}-00f067aa0ba902b7-03`, true],
  [`01-${TRACE}-00f067aa0ba902b7-00-more`, true],
  [`ff-${TRACE}-00f067aa0ba902b7-01`, false],
  [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, false],
  [`00-${TRACE}-${'0'.repeat(16)}-01`, false],
  ['nonsense', false],
])('traceparent %s: %s', (header, valid) => {
  expect(parseTraceparent(header) !== undefined).toBe(valid)
})

test('calls fill their request in order and stay inside it', () => {
  const placed = place(CALLS['/cart/checkout'] ?? [], 1000, 1100)
  let last = 1000
  for (const { start, end, children } of placed) {
    expect(start >= last && end > start && end <= 1100).toBe(true)
    for (const child of children) expect(child.start >= start && child.end <= end).toBe(true)
    last = end
  }
})

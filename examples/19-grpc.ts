/** gRPC: calls with a status as a check, and a stream. `reflect` asks the server for its definitions. */
import { check, ensure, journey, settings, step, suite, think } from 'loadwright'
import { code, grpcClient, ok } from 'loadwright/grpc'
import { workload } from 'loadwright/scenarios'

// The shop speaks gRPC where its pages are; others: grpcClient('catalog.example.com:443', { reflect: true, tls: true }).
const shop = grpcClient(settings().BASE_URL, { reflect: true })
const CATALOG = 'hipstershop.ProductCatalogService'

interface Product {
  id: string
  name: string
}
interface Price {
  priceUsd: { units: string; nanos: number }
}

export const look = journey('look', async () => {
  const products = step('list products', () => {
    const answer = shop.invoke<{ products: Product[] }>(`${CATALOG}/ListProducts`, {})
    ensure(answer, { 'products came': ok() })
    return answer.message.products
  })
  step('open one', () => {
    const { id = '' } = products[0] ?? {}
    check(shop.invoke<Product>(`${CATALOG}/GetProduct`, { id }), {
      'it is there': ok(),
      'it is the one': ({ message }) => message.id === id,
    })
    const none = shop.invoke(
      `${CATALOG}/GetProduct`,
      { id: 'NONE' },
      { name: 'GetNone', expect: ['NOT_FOUND'] },
    )
    check(none, { 'none is not found': code('NOT_FOUND') })
  })
  think(1)
  await step('watch its price', async () => {
    const seen = await shop.stream<Price>(`${CATALOG}/WatchPrice`, { timeout: '5s' }, (stream) => {
      stream.write({ id: products[0]?.id, count: 3 })
      stream.end()
      return stream.rest()
    })
    check(seen, { 'three prices came': ({ length }) => length === 3 })
  })
})

const catalog = suite({
  name: 'catalog',
  scenarios: { lookers: workload()(look, { rate: 2 }) },
  thresholds: {
    checks: ['rate>0.99'],
    'grpc_req_duration{name:GetProduct}': ['p(95)<500'],
  },
})

export const { options, setup, teardown, handleSummary } = catalog
export default catalog

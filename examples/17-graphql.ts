/** GraphQL: an operation's name is the request's, and errors in a 200 are failures. */
import { check, client, ensure, journey, settings, step, suite, think } from 'loadwright'
import { graphql, noErrors } from 'loadwright/graphql'
import { workload } from 'loadwright/scenarios'

const shop = graphql(client(settings().BASE_URL))

/** Written by hand here; a code generator writes both (`documentMode: 'string'`). */
interface Products {
  products: { id: string; name: string }[]
}
const PRODUCTS = 'query Products { products { id name } }'
const FILL_CART =
  'mutation FillCart($id: ID!, $quantity: Int!) { addToCart(productId: $id, quantity: $quantity) { size } }'

export const fill = journey('fill', () => {
  const products = step('see products', () => {
    const answer = shop<Products>(PRODUCTS, { persisted: true }) // its hash; the text only if the shop asks for it
    ensure(answer, { 'products came': noErrors() })
    return answer.data?.products ?? []
  })
  think(1, 2)
  step('fill the cart', () => {
    const variables = { id: products[0]?.id ?? '', quantity: 2 }
    const answer = shop<{ addToCart: { size: number } | null }>(FILL_CART, { variables })
    check(answer, {
      'the cart takes it': noErrors(),
      'two are in it': ({ data }) => data?.addToCart?.size === 2,
    })
  })
})

const catalogue = suite({
  name: 'catalogue',
  scenarios: { buyers: workload()(fill, { rate: 3 }) },
  thresholds: {
    graphql_operation_failed: ['rate<0.005'], // the environment's own is rate<0.01
    checks: ['rate>0.99'],
    'http_req_duration{name:Products}': ['p(95)<500'],
  },
})

export const { options, setup, teardown, handleSummary } = catalogue
export default catalogue

import { expect, test } from 'vitest'
import { presetIn } from '../readPreset.ts'
import { suiteSource, textOf } from './suiteSource.ts'

const sourceOf = async (text: string): Promise<string> =>
  textOf(suiteSource(await presetIn('/project/pr.yaml', 'pr.yaml', text)))

test('requests without weights are one journey, a step each, as a person would write it', async () => {
  const text = `description: What a */ change must not break.
load: { vus: 2 }
think: [1s, 3s]
requests:
  - { path: /search, query: { q: mug }, checks: { status: [200, 404], contains: "it's", within: 1s, header: { a: b } } }
  - name: place order
    method: POST
    path: /orders/\${USER_ID}
    headers: { Authorization: "Bearer \${API_TOKEN}", X: "$\${plain}" }
    body: { items: [{ sku: A1, count: 2 }], note: "\${NOTE}" }
    checks: { status: 303 }
  - { name: raw, method: DELETE, path: /raw, body: "a\\n'b'" }
thresholds:
  http_req_duration{name:place order}: [p(95)<500, { threshold: p(99)<900, abortOnFail: true }]
`
  expect(await sourceOf(text)).toMatchInlineSnapshot(`
    "/** What a * / change must not break. */
    import secrets from 'k6/secrets'
    import {
      check,
      client,
      contains,
      header,
      journey,
      query,
      settings,
      status,
      step,
      suite,
      think,
      within,
    } from 'loadwright'
    import { workload } from 'loadwright/scenarios'

    const api = client(settings().BASE_URL)

    const pr = journey(
      'pr',
      async () => {
        const API_TOKEN = __ENV.API_TOKEN || (await secrets.get('API_TOKEN'))
        const NOTE = __ENV.NOTE || (await secrets.get('NOTE'))
        const USER_ID = __ENV.USER_ID || (await secrets.get('USER_ID'))
        step('GET /search', () => {
          const response = api.get(\`/search\${query({ q: 'mug' })}\`, { name: 'GET /search', expect: [200, 404] })
          check(response, {
            'GET /search has status 200 or 404': status(200, 404),
            'GET /search contains "it\\'s"': contains("it's"),
            'GET /search answers within 1s': within(1000),
            'GET /search has header a': header('a', 'b'),
          })
        })
        think(1, 3)
        step('place order', () => {
          const response = api.post(\`/orders/\${USER_ID}\`, {
            name: 'place order',
            headers: { Authorization: \`Bearer \${API_TOKEN}\`, X: '\${plain}' },
            json: { items: [{ sku: 'A1', count: 2 }], note: NOTE },
            redirects: 0,
          })
          check(response, { 'place order has status 303': status(303) })
        })
        think(1, 3)
        step('raw', () => {
          const response = api.del('/raw', { name: 'raw', body: "a\\n'b'" })
          check(response, { 'raw answers': ({ status }) => status >= 200 && status < 400 })
        })
        think(1, 3)
      },
      { typicalSeconds: 8 },
    )

    const prSuite = suite({
      name: 'pr',
      scenarios: { requests: workload()(pr, { vus: 2 }) },
      thresholds: {
        'http_req_duration{name:place order}': ['p(95)<500', { threshold: 'p(99)<900', abortOnFail: true }],
      },
    })

    export const { options, setup, teardown, handleSummary } = prSuite
    export default prSuite
    "
  `)
})

test('requests with weights are a journey each, whose names are free', async () => {
  const text = `name: status
requests:
  - { path: /, name: status, weight: 3 }
  - { path: /b, name: "1 b", weight: 1.5, checks: { header: etag } }
`
  expect(await sourceOf(text)).toMatchInlineSnapshot(`
    "/** What pr.yaml says. */
    import { check, client, header, journey, settings, step, suite, weighted } from 'loadwright'
    import { workload } from 'loadwright/scenarios'

    const api = client(settings().BASE_URL)

    const statusJourney = journey(
      'status',
      () => {
        step('status', () => {
          const response = api.get('/', { name: 'status' })
          check(response, { 'status answers': ({ status }) => status >= 200 && status < 400 })
        })
      },
      { typicalSeconds: 1 },
    )

    const request1B = journey(
      '1 b',
      () => {
        step('1 b', () => {
          const response = api.get('/b', { name: '1 b' })
          check(response, { '1 b has header etag': header('etag') })
        })
      },
      { typicalSeconds: 1 },
    )

    const statusSuite = suite({
      name: 'status',
      scenarios: { requests: workload()(weighted([statusJourney, 3], [request1B, 1.5]), { rate: 1 }) },
    })

    export const { options, setup, teardown, handleSummary } = statusSuite
    export default statusSuite
    "
  `)
})

test('an operation of GraphQL is one of the library', async () => {
  const text = `requests:
  - graphql: { query: 'query products { products { id } }' }
  - name: add
    path: /api
    headers: { Authorization: "Bearer \${API_TOKEN}" }
    graphql:
      query: |
        mutation add($id: ID!) {
          addToCart(productId: $id) { size }
        }
      variables: { id: A1 }
    checks: { within: 1s }
`
  expect(await sourceOf(text)).toMatchInlineSnapshot(`
    "/** What pr.yaml says. */
    import secrets from 'k6/secrets'
    import { check, client, journey, settings, step, suite, within } from 'loadwright'
    import { graphql, noErrors } from 'loadwright/graphql'
    import { workload } from 'loadwright/scenarios'

    const api = client(settings().BASE_URL)
    const operations = graphql(api)
    const operationsAtApi = graphql(api, '/api')

    const pr = journey(
      'pr',
      async () => {
        const API_TOKEN = __ENV.API_TOKEN || (await secrets.get('API_TOKEN'))
        step('products', () => {
          const answer = operations('query products { products { id } }', { name: 'products' })
          check(answer, { 'products has no errors': noErrors() })
        })
        step('add', () => {
          const answer = operationsAtApi(\`mutation add($id: ID!) {
      addToCart(productId: $id) { size }
    }\`, { name: 'add', variables: { id: 'A1' }, headers: { Authorization: \`Bearer \${API_TOKEN}\` } })
          check(answer, { 'add has no errors': noErrors() })
          check(answer.response, { 'add answers within 1s': within(1000) })
        })
      },
      { typicalSeconds: 1 },
    )

    const prSuite = suite({
      name: 'pr',
      scenarios: { requests: workload()(pr, { rate: 1 }) },
    })

    export const { options, setup, teardown, handleSummary } = prSuite
    export default prSuite
    "
  `)
})

test('each line of a request comes from that request', async () => {
  const lines = suiteSource(
    await presetIn('/p/a.yaml', 'a.yaml', 'requests:\n  - { path: /a }\n  - { path: /b }\n'),
  )
  const places = lines.filter(({ text }) => text.includes('api.get')).map(({ at }) => at)
  expect(places).toEqual([
    [1, 4],
    [2, 4],
  ])
})

test('a pattern is a constant of its own', async () => {
  const text = await sourceOf(
    'load: { rate: 6, pattern: [{ times: 0.5, share: 0.8 }, { times: 3, share: 0.2 }] }\nrequests: [{ name: pattern, path: / }]\nname: pattern\n',
  )
  expect(text).toContain(
    'const pattern = [\n  { times: 0.5, share: 0.8 },\n  { times: 3, share: 0.2 },\n]\n\nconst patternSuite = suite({',
  )
  expect(text).toContain('scenarios: { requests: workload()(pattern2, { rate: 6, pattern }) },')
})

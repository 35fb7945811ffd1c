import http from 'k6/http'
import { expect, test } from 'vitest'
import { events, samples } from '../../test/recorded.ts'
import { rehearse, type CannedResponse, type SentRequest } from '../../testing/index.ts'
import { check } from '../check.ts'
import { client } from '../client.ts'
import { graphql, noErrors } from './index.ts'

const shop = graphql(client('http://localhost/'))
const QUERY = 'query Product($id: ID!) { product(id: $id) { name } }'

/** Sends, with answers one after the other. */
async function sent<T>(call: () => T, ...answers: CannedResponse[]) {
  let gave: T | undefined
  const left = [...answers]
  const seen = await rehearse(() => void (gave = call()), {
    scenario: { name: 'visitors', executor: 'constant-vus' },
    respond: () => left.shift() ?? { body: { data: {} } },
  })
  return { seen, gave: gave as T, told: events(seen) }
}

/** What k6 was told of operations of a name, and of those that failed. */
const counted = (seen: Parameters<typeof samples>[0]) => {
  const [operations, failed] = ['graphql_operations', 'graphql_operations_failed'].map(
    (metric) => samples(seen, metric, { name: 'Product' }).length,
  )
  return { operations, failed }
}

test('an operation’s name is the request’s, and its data is there', async () => {
  const { seen, gave } = await sent(() => shop(QUERY, { variables: { id: '1' }, tags: { kind: 'read' } }), {
    body: { data: { product: { name: 'Mug' } } },
  })
  expect(seen.requests).toMatchObject([
    { method: 'POST', url: 'http://localhost/graphql', tags: { name: 'Product', kind: 'read' } },
  ])
  expect(JSON.parse(seen.requests[0]?.body ?? '')).toEqual({
    query: QUERY,
    operationName: 'Product',
    variables: { id: '1' },
  })
  expect(gave).toMatchObject({ data: { product: { name: 'Mug' } }, errors: [], status: 200 })
  expect(counted(seen)).toEqual({ operations: 1, failed: 0 })
})

test('errors in a 200 are told as a failed request, and fail noErrors; the rest of the data is there', async () => {
  const errors = [{ message: 'no product', path: ['b'], extensions: { code: 'NOT_FOUND' } }, { message: 'x' }]
  const { gave, told, seen } = await sent(
    () => {
      const answer = shop(QUERY)
      check(answer, { 'no errors': noErrors() })
      return answer
    },
    { body: { data: { a: 1, b: null }, errors } },
  )
  expect(gave.data).toEqual({ a: 1, b: null })
  expect(told).toMatchObject([
    { kind: 'request', what: 'Product', status: 200, got: 'GraphQL NOT_FOUND: no product (and 1 more)' },
    { kind: 'check', what: 'no errors', expected: 'no errors', got: 'NOT_FOUND: no product (and 1 more)' },
  ])
  expect(seen.checks).toMatchObject([{ ok: false }])
  expect(counted(seen)).toEqual({ operations: 1, failed: 1 })
})

const REFUSED = { data: null, errors: [{ message: 'no product', extensions: { code: 'NOT_FOUND' } }] }

test.each([
  ['expected', REFUSED, []],
  ['expected', { data: { a: 1 } }, ['GraphQL no errors, where some are expected']],
  ['allowed', REFUSED, []],
  ['allowed', { data: { a: 1 } }, []],
] as const)('where errors are %s, %j is told as %j', async (errors, body, reasons) => {
  const { told, seen } = await sent(() => shop(QUERY, { errors }), { body })
  expect(told.map(({ got }) => got)).toEqual(reasons)
  expect(counted(seen)).toEqual({ operations: 1, failed: reasons.length })
})

test('errors in a response whose status is none of the expected are told once, with their cause', async () => {
  const { told, seen } = await sent(() => shop(QUERY), { status: 400, body: REFUSED })
  const cause = { kind: 'request', what: 'Product', code: 'NOT_FOUND', got: 'GraphQL NOT_FOUND: no product' }
  expect(told).toMatchObject([{ ...cause, status: 400 }])
  expect(counted(seen)).toEqual({ operations: 1, failed: 1 })
  const listed = await sent(() => shop(QUERY, { expect: [200, 400] }), { status: 400, body: REFUSED })
  expect(listed.told).toMatchObject([{ ...cause, status: 400 }])
  const batch = [REFUSED, { data: {} }]
  const several = await sent(() => shop.batch([{ query: QUERY }, { query: QUERY }], { name: 'Both' }), {
    status: 400,
    body: batch,
  })
  expect(several.told).toMatchObject([{ ...cause, what: 'Both' }])
  expect(samples(several.seen, 'graphql_operations_failed')).toHaveLength(2)
})

test.each<[unknown, string]>([
  [{ data: { a: 1 }, errors: ['boom'] }, 'boom'],
  [{ errors: [{ code: 7 }] }, '{"code":7}'],
  [{ errors: [null, { message: 5 }] }, 'null (and 1 more)'],
  [{ errors: 'x' }, 'x'],
  [{ errors: { message: 'y', extensions: null } }, 'y'],
  [{ data: null }, 'neither data nor errors, with status 200'],
  [{ data: null, errors: [], extensions: null }, 'neither data nor errors, with status 200'],
])('%j is an error, whatever its form', async (body, message) => {
  const name = JSON.stringify(body)
  const { gave, told, seen } = await sent(() => shop(QUERY, { name }), { body: JSON.stringify(body) })
  expect(told).toMatchObject([{ kind: 'request', got: `GraphQL ${message}` }])
  expect(gave.errors.every((error) => typeof error.message === 'string')).toBe(true)
  expect(samples(seen, 'graphql_operations_failed')).toHaveLength(1)
})

test('what is no answer of GraphQL is told, even where errors are expected', async () => {
  for (const body of ['<html>', '{"data":null}']) {
    const { told, seen } = await sent(() => shop(QUERY, { name: `page ${body}`, errors: 'allowed' }), {
      body,
    })
    expect(told).toHaveLength(1)
    expect(samples(seen, 'graphql_operations_failed')).toHaveLength(1)
  }
})

test.each<[string, CannedResponse, string]>([
  ['an outage', { status: 503, body: '<html>' }, 'no answer of GraphQL, with status 503'],
  ['a page in its place', { body: '<html>' }, 'no answer of GraphQL, with status 200'],
  ['a JSON of somebody else', { body: { ok: true } }, 'no answer of GraphQL, with status 200'],
  ['no answer', { error: 'connection refused' }, 'no response (connection refused)'],
])('%s is told once', async (name, answer, message) => {
  const { gave, told } = await sent(() => shop(QUERY, { name }), answer)
  expect(gave.errors).toEqual([{ message }])
  expect(told).toHaveLength(1)
})

test('a persisted operation is its hash, and its text where the server asks for it', async () => {
  const unknown = { body: { errors: [{ message: 'PersistedQueryNotFound' }] } }
  const { seen, told } = await sent(() => shop(QUERY, { persisted: true }), unknown)
  const [first, second] = seen.requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
  expect(first).toMatchObject({
    extensions: {
      persistedQuery: { version: 1, sha256Hash: expect.stringMatching(/^[\da-f]{64}$/) as string },
    },
  })
  expect(first).not.toHaveProperty('query')
  expect(second).toEqual({ ...first, query: QUERY })
  expect(told).toEqual([])
})

test.each([200, 400, 404])('that a hash is unknown is no failure, said by %d', async (status) => {
  const unknown = { status, body: { errors: [{ message: 'PersistedQueryNotFound' }] } }
  for (const more of [{}, { expect: [200] }]) {
    const { seen, told } = await sent(() => shop(QUERY, { persisted: true, ...more }), unknown)
    expect(seen.requests).toHaveLength(2)
    expect(told).toEqual([])
    expect(samples(seen, 'http_req_failed').map(({ value }) => value)).toEqual([0, 0])
    expect(counted(seen)).toEqual({ operations: 1, failed: 0 })
  }
})

test.each<[CannedResponse, object]>([
  [
    { status: 400, body: REFUSED },
    { status: 400, code: 'NOT_FOUND', got: 'GraphQL NOT_FOUND: no product' },
  ],
  [{ status: 404, body: '<html>' }, { status: 404 }],
  [{ status: 503, body: '<html>' }, { status: 503 }],
])('any other answer to a hash is told as it is: %j', async (answer, cause) => {
  const name = JSON.stringify(answer)
  const { seen, told } = await sent(() => shop(QUERY, { persisted: true, errors: 'allowed', name }), answer)
  expect(seen.requests).toHaveLength(1)
  expect(told).toMatchObject([{ kind: 'request', what: name, ...cause }])
  expect(samples(seen, 'graphql_operations_failed')).toHaveLength(1)
})

test('files are sent in the order that the multipart spec asks for', async () => {
  const files = { 'variables.file': http.file('häuser', 'a".txt', 'text/plain') }
  const { seen } = await sent(() =>
    shop('mutation Up($file: Upload!) { up(file: $file) }', { files, variables: { file: null } }),
  )
  const [{ body, headers }] = seen.requests as [SentRequest]
  const boundary = /boundary=(.*)$/.exec(headers['Content-Type'] ?? '')?.[1] ?? '?'
  const parts = body.split(`--${boundary}`).map((part) => part.trim())
  expect(parts.at(-1)).toBe('--')
  expect(parts.slice(1, -1).map((part) => part.split('\r\n')[0])).toEqual([
    'Content-Disposition: form-data; name="operations"',
    'Content-Disposition: form-data; name="map"',
    'Content-Disposition: form-data; name="0"; filename="a_.txt"',
  ])
  expect(parts[2]).toContain('{"0":["variables.file"]}')
})

test('several operations are one request, with an answer each', async () => {
  const { gave, told } = await sent(
    () =>
      shop.batch([{ query: QUERY, variables: { id: '1' } }, { query: QUERY }, { query: QUERY }], {
        name: 'three',
      }),
    { body: [{ data: { a: 1 } }, { data: null, errors: [{ message: 'no' }] }] },
  )
  expect(gave.map(({ data, errors }) => [data, errors.length])).toEqual([
    [{ a: 1 }, 0],
    [null, 1],
    [null, 1],
  ])
  expect(told).toMatchObject([
    { got: 'GraphQL no' },
    { got: 'GraphQL no answer of GraphQL, with status 200' },
  ])
})

test('a document may be a text of a code generator, or a tree that knows its text', async () => {
  const tree = { kind: 'Document', loc: { source: { body: QUERY } } } as const
  const { seen } = await sent(() => [shop(tree), shop(new String(QUERY))])
  expect(seen.requests.map(({ tags }) => tags.name)).toEqual(['Product', 'Product'])
  await expect(sent(() => shop({ kind: 'Document' }))).rejects.toThrow(
    'this document is a tree without its text',
  )
  await expect(sent(() => shop('{ a }'))).rejects.toThrow('this operation has no name')
})

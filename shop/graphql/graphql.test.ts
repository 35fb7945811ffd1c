import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { visit, type Visit } from '../../test/doubles/shopper.ts'

const ask = async ({ post }: Visit, body: unknown): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' }
  return JSON.parse((await post('/graphql', {}, { body: JSON.stringify(body), headers })).body) as unknown
}

test('the catalogue is asked for, and a cart is filled: by variables, by alias, in a list', async () => {
  const visited = await visit()
  const query = 'query One($id: ID!) { product(id: $id) { id name price { amount } } }'
  const fill =
    'mutation Fill($id: ID!) { cart: addToCart(productId: $id, quantity: 2) { size items { product { name } } } }'
  const variables = { id: '6E92ZMYYFZ' }
  expect(await ask(visited, { query, variables })).toEqual({
    data: { product: { id: '6E92ZMYYFZ', name: 'Mug', price: { amount: 8.99 } } },
  })
  expect(
    await ask(visited, [{ query: fill, variables }, { query: '{ cart { size } } # what is in it' }]),
  ).toEqual([
    { data: { cart: { size: 2, items: [{ product: { name: 'Mug' } }] } } },
    { data: { cart: { size: 2 } } },
  ])
})

test('what cannot be had is null and told, the rest is there', async () => {
  const visited = await visit({ faults: ['missing-products=OLJCESPC7Z'] })
  const query = '{ a: product(id: "OLJCESPC7Z") { id } b: product(id: "6E92ZMYYFZ") { id } }'
  expect(await ask(visited, { query })).toEqual({
    data: { a: null, b: { id: '6E92ZMYYFZ' } },
    errors: [{ message: 'no product with ID OLJCESPC7Z', path: ['a'], extensions: { code: 'NOT_FOUND' } }],
  })
})

test.each([
  [{ query: '{ nothing }' }, 'Cannot query field "nothing" on type "query".'],
  [{ query: '{ cart { size ' }, 'Syntax Error: Unexpected <EOF>.'],
  [{ query: '{ cart { ...all } }' }, 'This shop knows no fragments and no directives.'],
  [{ query: '{ a ^ }' }, 'Syntax Error: Unexpected character: "^".'],
  [
    { query: 'query A { cart { size } }', operationName: 'B' },
    'Must provide operation name if query contains multiple operations.',
  ],
])('%j is told of: %s', async (wanted, message) => {
  expect(await ask(await visit(), wanted)).toMatchObject({ data: null, errors: [{ message }] })
})

test('an operation is known by its hash once it was sent with it', async () => {
  const visited = await visit()
  const query = '{ cart { size } }'
  const extensions = {
    persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
  }
  expect(await ask(visited, { extensions })).toMatchObject({
    errors: [{ message: 'PersistedQueryNotFound' }],
  })
  expect(await ask(visited, { query, extensions })).toEqual({ data: { cart: { size: 0 } } })
  expect(await ask(visited, { extensions })).toEqual({ data: { cart: { size: 0 } } })
})

test('a file comes by the multipart spec', async () => {
  const { post } = await visit()
  const part = (name: string, text: string, file = '') =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${text}\r\n`
  const operations = {
    query: 'mutation ($file: Upload!) { upload(file: $file) { filename size } }',
    variables: { file: null },
  }
  const body = [
    part('operations', JSON.stringify(operations)),
    part('map', '{"0":["variables.file"]}'),
    part('0', 'hello', '; filename="a.txt"'),
    '--x--\r\n',
  ].join('')
  const answer = await post(
    '/graphql',
    {},
    { body, headers: { 'content-type': 'multipart/form-data; boundary=x' } },
  )
  expect(JSON.parse(answer.body)).toEqual({ data: { upload: { filename: 'a.txt', size: 5 } } })
})

test('a fault is an error in a 200, a broken body a 400', async () => {
  const visited = await visit({ faults: ['errors=/graphql:1'] })
  expect(await ask(visited, { query: '{ cart { size } }' })).toEqual({
    data: null,
    errors: [{ message: 'fault: errors=/graphql:1', extensions: { code: 'UNAVAILABLE' } }],
  })
  expect((await visited.post('/graphql', {}, { body: 'x' })).status).toBe(400)
})

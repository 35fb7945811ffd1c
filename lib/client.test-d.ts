import { expectTypeOf, test } from 'vitest'
import type { JSONValue } from 'k6'
import { client } from './client.ts'
import type { Response } from './request.ts'

const api = client('http://localhost')

test('a request is named, and answers with text', () => {
  expectTypeOf(api.get('/', { name: 'home' })).toEqualTypeOf<Response>()
  expectTypeOf(api.get('/', { name: 'home' }).body).toEqualTypeOf<string>()
  expectTypeOf(api.asyncRequest('GET', '/', { name: 'home' })).toEqualTypeOf<Promise<Response>>()
  expectTypeOf(api.batch([{ method: 'GET', path: '/', name: 'home' }])).toEqualTypeOf<[Response]>()
  const many = ['/', '/cart'].map((path) => ({ method: 'GET', path, name: 'page' }))
  expectTypeOf(api.batch(many)).toEqualTypeOf<Response[]>()

  // @ts-expect-error -- no options at all: no name
  api.get('/')
  // @ts-expect-error -- options without a name
  api.post('/orders', { json: {} })
  // @ts-expect-error -- a name that is not there
  api.get('/', { name: undefined })
  // @ts-expect-error -- a request of a batch has a name too
  api.batch([{ method: 'GET', path: '/' }])
})

test('tags are text, numbers and booleans', () => {
  api.get('/', { name: 'home', tags: { kind: 'page', rank: 1, cached: true } })
  // @ts-expect-error -- k6 sends no request at all where a tag is undefined
  api.get('/', { name: 'home', tags: { kind: undefined } })
  // @ts-expect-error -- nor where it is null
  api.get('/', { name: 'home', tags: { kind: null } })
})

test('a request has one body, and a GET none', () => {
  api.post('/', { name: 'order', json: { a: [1] } })
  api.post('/', { name: 'order', form: { id: 'A', quantity: 2, gift: true } })
  api.post('/', { name: 'order', body: new ArrayBuffer(1) })
  // @ts-expect-error -- two bodies
  api.post('/', { name: 'order', json: {}, form: {} })
  api.post('/', { name: 'order', form: { items: ['A', 'B'] } })
  // @ts-expect-error -- a form's fields are plain values, lists of texts and files
  api.post('/', { name: 'order', form: { items: { a: 1 } } })
  // @ts-expect-error -- a GET carries no body
  api.get('/', { name: 'home', json: {} })
})

test('what the client decides cannot be passed', () => {
  // @ts-expect-error -- errors of the network never throw: `ensure` looks at the status
  api.get('/', { name: 'home', throw: true })
  // @ts-expect-error -- bodies are text, binary or none
  api.get('/', { name: 'home', responseType: 'json' })
  // @ts-expect-error -- a session lasts an iteration or the VU's life
  client('http://localhost', { session: 'run' })
})

test('a body is of the type that the request, else its client, says', () => {
  expectTypeOf(api.get('/', { name: 'a', responseType: 'binary' }).body).toEqualTypeOf<ArrayBuffer>()
  expectTypeOf(api.post('/', { name: 'a', responseType: 'none', json: 1 }).body).toEqualTypeOf<null>()
  const files = client('http://localhost', { responseType: 'binary', headers: () => ({ A: 'b' }) })
  expectTypeOf(files.get('/', { name: 'a' }).body).toEqualTypeOf<ArrayBuffer>()
  expectTypeOf(files.with({ headers: { A: 'c' } }).get('/', { name: 'a' }).body).toEqualTypeOf<ArrayBuffer>()
  expectTypeOf(files.get('/', { name: 'a', responseType: 'text' })).toEqualTypeOf<Response>()
  const one = { method: 'GET', path: '/', name: 'a' } as const
  expectTypeOf(files.batch([one, { ...one, responseType: 'text' }])).toEqualTypeOf<
    [Response<'binary'>, Response]
  >()
})

test('JSON is of the type that its author names', () => {
  const response = api.get('/', { name: 'a' })
  expectTypeOf(response.json<{ id: number }>().id).toEqualTypeOf<number>()
  expectTypeOf(response.json<string[]>('tags')).toEqualTypeOf<string[]>()
  expectTypeOf(response.json()).toEqualTypeOf<JSONValue>()
})

test('a timeout is milliseconds, or a duration of k6', () => {
  for (const timeout of [500, '10s', '1m30s', '1h30m'] as const) api.get('/', { name: 'home', timeout })
  // @ts-expect-error -- no unit
  api.get('/', { name: 'home', timeout: '10' })
})

import { expect, test } from 'vitest'
import type { SpanPart } from '../../../lib/catalog.ts'
import { encode } from './otlp.ts'

const of = (...spans: SpanPart[]) => encode({ trace_id: 't', tags: { group: '::a', scenario: 's' }, spans })
const attributesOf = (span: ReturnType<typeof encode>[number] | undefined) =>
  Object.fromEntries(
    (span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0] as unknown]),
  )

test('a step ends no earlier than what is in it, and ends what has not ended', () => {
  const spans = of(
    { id: 'r', name: 'open', at: 100, ms: 5 },
    { id: 'a', parent: 'r', name: 'home', method: 'GET', at: 100, ms: 5.9 },
    { id: 'b', parent: 'r', name: 'late', at: 104 },
  )
  expect(spans.map(({ endTimeUnixNano }) => endTimeUnixNano)).toEqual(['105900000', '105900000', '105900000'])
  expect(spans.map(({ parentSpanId }) => parentSpanId)).toEqual([undefined, 'r', 'r'])
  expect(spans.map(({ kind, name }) => [kind, name])).toEqual([
    [1, 'open'],
    [3, 'GET home'],
    [1, 'late'],
  ])
})

test('what was outside of a step is its own root, or has one called batch', () => {
  expect(of({ id: 'r' }, { id: 'a', parent: 'r', name: 'alone', at: 1, ms: 2 })).toMatchObject([
    { spanId: 'a', name: 'alone' },
  ])
  expect(of({ id: 'r' }, { id: 'a', parent: 'r', name: 'alone', at: 1, ms: 2 })[0]).not.toHaveProperty(
    'parentSpanId',
  )
  const two = of(
    { id: 'r' },
    { id: 'a', parent: 'r', name: 'x', at: 1, ms: 2 },
    { id: 'b', parent: 'r', name: 'y', at: 2, ms: 5 },
  )
  expect(two.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
    ['batch', undefined],
    ['x', 'r'],
    ['y', 'r'],
  ])
  expect(two[0]).toMatchObject({ startTimeUnixNano: '1000000', endTimeUnixNano: '7000000' })
  expect(of({ id: 'r' })).toHaveLength(0)
})

test('what failed has the status of an error and says what; an HTTP error its type', () => {
  const [root, request, unanswered] = of(
    { id: 'r', name: 'open', at: 1, ms: 2, error: 'home is up: expected status 200' },
    {
      id: 'a',
      parent: 'r',
      name: 'home',
      at: 1,
      ms: 2,
      error: 'status 500',
      method: 'GET',
      url: 'https://x.example/y?z',
      status: 500,
    },
    {
      id: 'b',
      parent: 'r',
      name: 'home',
      at: 1,
      ms: 2,
      error: 'connection refused',
      method: 'GET',
      url: 'http://127.0.0.1:8080/',
      status: 0,
    },
  )
  expect(root?.status).toEqual({ code: 2, message: 'home is up: expected status 200' })
  expect(attributesOf(request)).toEqual({
    'loadwright.scenario': 's',
    'http.request.method': 'GET',
    'url.full': 'https://x.example/y?z',
    'http.response.status_code': '500',
    'server.address': 'x.example',
    'server.port': '443',
    'error.type': '500',
  })
  expect(attributesOf(unanswered)).toMatchObject({ 'server.port': '8080', 'error.type': '_OTHER' })
  expect(attributesOf(unanswered)).not.toHaveProperty('http.response.status_code')
})

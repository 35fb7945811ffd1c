import http from 'k6/http'
import { expect, test } from 'vitest'
import { rehearse, type CannedResponse } from '../testing/index.ts'
import { contains, has, header, status, within, type AnyResponse, type Predicate } from './predicates.ts'

/** Whether a predicate holds of an answer, and its explanation. */
async function asked(predicate: Predicate<AnyResponse>, answer: CannedResponse) {
  const ask = () => {
    const response = http.get('http://localhost/')
    return [predicate(response), predicate.expected, predicate.got?.(response)]
  }
  return (await rehearse(ask, { respond: () => answer })).returned[0]
}

test.each<[string, Predicate<AnyResponse>, CannedResponse, unknown[]]>([
  ['status', status(200), {}, [true, 'status 200', 'status 200']],
  ['status of several', status(200, 302), { status: 500 }, [false, 'status 200 or 302', 'status 500']],
  ['status of none', status(200), { error: 'refused' }, [false, 'status 200', 'no response (refused)']],
  ['within', within(80), { duration: 80 }, [true, 'at most 80 ms', '80 ms']],
  ['within too late', within(80), { duration: 80.6 }, [false, 'at most 80 ms', '81 ms']],
  [
    'contains',
    contains('b'),
    { body: 'abc' },
    [true, 'a body with b', 'status 200, 3 characters without it'],
  ],
  [
    'contains not',
    contains('x', 'an x'),
    { body: 'abc', status: 404 },
    [false, 'an x', 'status 404, 3 characters without it'],
  ],
  [
    'contains a pattern',
    contains(/B$/i),
    { body: 'ab' },
    [true, 'a body with /B$/i', 'status 200, 2 characters without it'],
  ],
  [
    'contains without a body',
    contains('x'),
    { error: 'refused' },
    [false, 'a body with x', 'no response (refused), no body kept as text'],
  ],
  ['has', has('a.0.b'), { body: '{"a":[{"b":0}]}' }, [true, 'JSON with a.0.b', 'status 200, without it']],
  [
    'has not: it is elsewhere',
    has('b'),
    { body: '{"a":{"b":1},"c":"b"}' },
    [false, 'JSON with b', 'status 200, without it'],
  ],
  ['has null', has('a'), { body: '{"a":null}' }, [false, 'JSON with a', 'status 200, without it']],
  ['has no JSON', has('a'), { body: '<a>', status: 502 }, [false, 'JSON with a', 'status 502, without it']],
  ['header', header('x-id'), { headers: { 'X-Id': '7' } }, [true, 'header x-id', '7']],
  ['header of a value', header('X-ID', '8'), { headers: { 'X-Id': '7' } }, [false, 'header X-ID: 8', '7']],
  ['header that is absent', header('x-id'), {}, [false, 'header x-id', 'no such header']],
])('%s', async (_, predicate, answer, expected) => {
  expect(await asked(predicate, answer)).toEqual(expected)
})

test('a pattern holds each time, whatever its flags', async () => {
  for (const pattern of [/a/g, /a/y]) {
    const holds = contains(pattern)
    const again = [await asked(holds, { body: 'a' }), await asked(holds, { body: 'a' })]
    expect(again).toEqual([again[0], again[0]])
    expect(again[0]).toContain(true)
  }
})

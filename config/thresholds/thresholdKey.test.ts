import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseThresholdKey, tagOf, thresholdKey } from './thresholdKey.ts'

test('a key with tags is written and read back', () => {
  const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{1,20}$/)
  const tag = fc.stringMatching(/^[a-z][a-z_]{0,9}$/)
  const text = fc.stringMatching(/^[^\s,"']([^,"']{0,20}[^\s,"'])?$/)
  fc.assert(
    fc.property(name, fc.dictionary(tag, text, { noNullPrototype: true }), (metric, tags) => {
      expect(parseThresholdKey(thresholdKey({ metric, tags }))).toEqual({ metric, tags })
    }),
  )
})

test.each([
  ['http_reqs', { metric: 'http_reqs', tags: {} }],
  ['http_reqs{name:home}', { metric: 'http_reqs', tags: { name: 'home' } }],
  [
    'http_reqs{ name : home , phase : steady }',
    { metric: 'http_reqs', tags: { name: 'home', phase: 'steady' } },
  ],
  ['checks{group:::checkout::pay}', { metric: 'checks', tags: { group: '::checkout::pay' } }],
  ['http_reqs{url:http://h:80/{id}}', { metric: 'http_reqs', tags: { url: 'http://h:80/{id}' } }],
  [`http_reqs{"name":"home"}`, { metric: 'http_reqs', tags: { name: 'home' } }],
  [`http_reqs{name:"home", step:'a b'}`, { metric: 'http_reqs', tags: { name: 'home', step: 'a b' } }],
])('%s is taken apart as k6 does', (key, parsed) => {
  expect(parseThresholdKey(key)).toEqual(parsed)
})

test.each([`x{a:b}`, `x{c:d,a:b}`, `x{ "a" : 'b' }`, `x{c:d, 'a':"b"}`, 'x{a: b ,c:d}'])(
  'the tag of %s is found',
  (key) => {
    expect([tagOf(key, 'a'), tagOf(key, 'b')]).toEqual(['b', undefined])
    expect(parseThresholdKey(key)?.tags.a).toBe('b')
  },
)

test.each([
  '',
  '{a:b}',
  '1x',
  'a-b',
  'x{',
  'x}',
  'x{a:b',
  'x{a:b}y',
  'x{}',
  'x{a}',
  'x{a:}',
  'x{:b}',
  'x{a:b,}',
  'x{a:""}',
])('%j is malformed', (key) => {
  expect(parseThresholdKey(key)).toBeUndefined()
})

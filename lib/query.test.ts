import { expect, test } from 'vitest'
import { urlOf } from './deferred/hosts.ts'
import { query } from './query.ts'

test('parameters are encoded, and a list repeats its parameter', () => {
  expect(query({ q: 'mug & tea', page: 2, gift: false, 'size[]': ['S', 'ü'] })).toBe(
    '?q=mug%20%26%20tea&page=2&gift=false&size%5B%5D=S&size%5B%5D=%C3%BC',
  )
})

test.each([undefined, null, NaN, {}])('a value that is none (%s) is refused by the client', (value) => {
  const path = `/search${query({ a: 'b', q: value as never })}`
  expect(() => urlOf('GET', 'http://127.0.0.1', path)).toThrow('this path lacks a value')
})

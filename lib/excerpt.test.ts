import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerptOf } from './excerpt.ts'

test('one line, at most 200 characters, of a page what a person would read', () => {
  expect(excerptOf('<!doctype html><style>a{}</style><h1>Uh,\n oh!</h1>')).toBe('Uh, oh!')
  expect(excerptOf('x'.repeat(1_000_000))).toBe(`${'x'.repeat(199)}…`)
  fc.assert(
    fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (body) => {
      const excerpt = excerptOf(body) ?? ''
      expect(excerpt.length).toBeLessThanOrEqual(200)
      expect(excerpt).not.toMatch(/[\n\r\t]/)
    }),
  )
})

test('none of what has no text', () => {
  expect([undefined, null, '', ' \n', new ArrayBuffer(3), 7].map(excerptOf)).toEqual(Array(6).fill(undefined))
})

test('long mixed words are hidden: they may be keys', () => {
  const key = 'sk51HxYz9876543210abcdefghijklmnop'
  expect(excerptOf(`no such key: ${key}!`)).toBe('no such key: ***')
  expect(excerptOf('{"password":"hunter2","id":7}')).toBe('{"password":***,"id":7}')
})

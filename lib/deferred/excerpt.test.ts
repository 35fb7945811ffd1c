import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../test/texts.ts'
import { excerptOf } from './excerpt.ts'

test('one line, at most 800 characters, of a page what a person would read', () => {
  expect(excerptOf('<!doctype html><head><style>a{}</style></head><body><h1>Uh,\n oh!</h1>')).toBe('Uh, oh!')
  expect(excerptOf('x'.repeat(1_000_000))).toBe('x'.repeat(800))
  fc.assert(
    fc.property(anyText({ maxLength: 900 }), (body) => {
      const excerpt = excerptOf(body) ?? ''
      expect(excerpt.length).toBeLessThanOrEqual(800)
      expect(excerpt).not.toMatch(/[\n\r\t]/)
    }),
  )
})

test('of a long page what stands in it', () => {
  const menu = '<li><a href="/x">A category of the shop</a></li>'.repeat(9)
  const page = `<!doctype html><html><head><style>${'a{}'.repeat(9000)}</style></head><body class="x">${menu}
    <h1>Sorry!</h1> <p>The cart cannot be reached: “rpc error” code = Unavailable</p>${menu}${'é'.repeat(300_000)}`
  const excerpt = excerptOf(page) ?? ''
  expect(excerpt).toContain('Sorry! The cart cannot be reached: “rpc error” code = Unavailable A category')
  expect(excerpt.length).toBeLessThanOrEqual(800)
  expect(excerptOf(`{"trace":"${'at x '.repeat(100)}","error":"no such cart"}`)).toContain(
    '"error":"no such cart"}',
  )
})

test('no secret comes out of it, wherever it stands', () => {
  fc.assert(
    fc.property(fc.nat(2500), fc.nat(700), fc.constantFrom('"', "'", '<p>é'), (before, between, quote) => {
      const body = `${quote}${'x '.repeat(before)}{"password":"hunter2","error":"${'y '.repeat(between)}","token":"s3cr3t"}`
      expect(excerptOf(body)).not.toMatch(/hunter|s3cr/)
    }),
  )
})

test('none of what has no text', () => {
  expect([undefined, null, '', ' \n', new ArrayBuffer(3), 7].map(excerptOf)).toEqual(Array(6).fill(undefined))
})

test('long mixed words are hidden: they may be keys', () => {
  const key = 'sk51HxYz9876543210abcdefghijklmnop'
  expect(excerptOf(`no such key: ${key}!`)).toBe('no such key: ***')
  expect(excerptOf('{"password":"hunter2","id":7}')).toBe('{"password":***"id":7}')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redact, withoutTags } from './redact.ts'

test.each([
  ['{"apiKey": "a", "n": 1, "password":"x\\"y"}', '{"apiKey": "***", "n": 1, "password":"***"}'],
  ['{"session_token":"cut of', '{"session_token":"***"'],
  ['&quot;password&quot;:&quot;hunter2&quot;', '&quot;password&quot;:***'],
  ['"{\\"secret\\":\\"s3cret\\"}"', '"{\\"secret\\":***}"'],
  ['email=a&credit_card_number=4432&x=1', 'email=a&credit_card_number=***&x=1'],
  ['<input name="csrf_token" value="abc">', '<input name="csrf_token" value="***">'],
  ['got Bearer ab.cd', 'got Bearer ***'],
  ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig-_1 end', 'jwt *** end'],
  ['card 4432-8015-6152-0454, order 12345', 'card ***, order 12345'],
  ['mail jane.doe+x@example.co.uk!', 'mail ***!'],
])('%s', (text, shown) => {
  expect(redact(text)).toBe(shown)
})

test('what holds no secret stays as it is', () => {
  const plain = 'HTTP 500: no such product OLJCESPC7Z at 2026-11-22T03:25:34.090Z, 1764000000000 ms'
  expect(redact(plain)).toBe(plain)
})

test('a number as long as a card’s never comes through, however it is written', () => {
  const digits = fc.array(fc.nat({ max: 9 }), { minLength: 14, maxLength: 19 })
  fc.assert(
    fc.property(digits, fc.constantFrom('', ' ', '-'), fc.string(), (card, between, around) => {
      expect(redact(`${around}x${card.join(between)}x`)).not.toContain(card.join(between))
    }),
  )
})

test('long texts without an end to them are no trouble: quadratic work on these would take minutes', () => {
  for (const text of ['a'.repeat(200_000), '1 '.repeat(100_000), '"'.repeat(200_000), '?a&'.repeat(70_000)])
    expect(redact(text).length).toBeLessThanOrEqual(text.length)
})

test('of a page what a person would read, of all else what it is', () => {
  expect(withoutTags('<!DOCTYPE html><script>x()</script><h1>Oh</h1><p>no').trim()).toBe('Oh  no')
  expect(withoutTags('<html><script>never ends').trim()).toBe('<html><script>never ends')
  expect(withoutTags('{"a":"<b>"}')).toBe('{"a":"<b>"}')
})

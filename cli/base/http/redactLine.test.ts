import { expect, test } from 'vitest'
import { redactLine, secretWords } from './redactLine.ts'

test.each([
  [' two\r\n\tlines\u0000\u009b ', 'two lines'],
  ['a\u202eb\ud800', 'a�b�'],
  ['', ''],
])('%j is said as %j', (text, said) => {
  expect(redactLine(text, [])).toBe(said)
})

test('only the beginning is said, and no half of a character', () => {
  expect(redactLine('x'.repeat(10_000), [])).toHaveLength(300)
  expect(redactLine(`${'x'.repeat(299)}😀`, [])).toBe(`${'x'.repeat(299)}�`)
})

test('secrets are hidden, also one that begins another, or lies where the text is cut', () => {
  expect(redactLine('no abcd, no abcd1234', ['abcd', '', 'abcd1234'])).toBe('no …, no …')
  expect(redactLine(`${'x'.repeat(296)}s3cr3t`, ['s3cr3t'])).toBe(`${'x'.repeat(296)}…`)
})

test('of a header its words are secret, but for the scheme and what is short', () => {
  expect(secretWords(['Bearer s3cr3t', '1', 'plain'])).toEqual(['Bearer s3cr3t', 's3cr3t', 'plain', 'plain'])
})

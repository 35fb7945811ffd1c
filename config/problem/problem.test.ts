import { expect, test } from 'vitest'
import { message, quote } from './problem.ts'

test('all problems are one message: a heading with their number, then a line each', () => {
  const problem = { where: 'SCALE', got: '"abc"', allowed: 'a number above 0' }
  expect(message([problem])).toMatchInlineSnapshot(`
    "1 problem:
      - SCALE: got "abc"; allowed: a number above 0"
  `)
  expect(message([problem, { ...problem, fix: 'Write SCALE=1.' }])).toMatchInlineSnapshot(`
    "2 problems:
      - SCALE: got "abc"; allowed: a number above 0
      - SCALE: got "abc"; allowed: a number above 0. Write SCALE=1."
  `)
})

test('what a person wrote is quoted on one line, and cut', () => {
  expect(quote('a\n"b"')).toBe(String.raw`"a\n\"b\""`)
  expect(quote('x'.repeat(500))).toHaveLength(82)
})

import { expect, test } from 'vitest'
import { retryAfterMs } from './retryAfter.ts'

test.each([
  ['7', 7000],
  [' 0.2 ', 200],
  ['0', 0],
  ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
  ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
])('%j is a wait of %j ms', (text, wait) => {
  expect(retryAfterMs(text, Date.parse('2026-10-21T07:28:00Z'))).toBe(wait)
})

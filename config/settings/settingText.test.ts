import { expect, test } from 'vitest'
import { settingText } from './settingText.ts'

test.each([
  ['DURATION', 90_000, '1m30s'],
  ['REQUEST_TIMEOUT', 250, '250ms'],
  ['RATE', 90_000, '90000'],
  ['PROFILE', 'load', 'load'],
  ['OWN', 5, '5'],
])('%s of %j is written %s', (name, value, text) => {
  expect(settingText(name, value)).toBe(text)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration, parseDuration } from './duration.ts'

test('what is written is read back, for whole milliseconds up to 100 days', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 * 86_400_000 }), (milliseconds) => {
      expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds)
    }),
    { examples: [[0], [1], [999], [1001], [60_000], [3_600_001]] },
  )
})

test('it is written as Go writes durations, without empty units', () => {
  expect([0, 1, 250, 1000, 1500, 90_000, 3_600_000, 3_723_004].map(formatDuration)).toEqual([
    '0s',
    '1ms',
    '250ms',
    '1s',
    '1.5s',
    '1m30s',
    '1h',
    '1h2m3.004s',
  ])
})

test.each([
  ['1h30m', 5_400_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['1d', 86_400_000],
  ['1d12h', 129_600_000],
  ['250ms', 250],
  ['1m1ms', 60_001],
  ['0.001s', 1],
  ['10us', 0.01],
  ['10µs', 0.01],
  ['500ns', 0.0005],
  ['0', 0],
  ['1500', 1500],
  ['1.5', 1.5],
])('%s is %d ms, as k6 reads it', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds)
})

test.each([
  '',
  ' ',
  '5',
  's',
  '-5s',
  '-5',
  '5 s',
  '5m 30s',
  '5min',
  '1h-5m',
  '5S',
  '1e3',
  'Infinity',
  '5s\n',
  'abc',
])('%j is %#', (text) => {
  expect(parseDuration(text)).toBe(text === '5' ? 5 : undefined)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytes, clock, number, plural, share, shareText, time } from './format.ts'

test('times', () => {
  const cases = [0, 0.456, 8.24, 9.96, 612.3, 999.6, 1240, 59_999, 125_000, -12, NaN, undefined, null]
  expect(cases.map(time).join(' | ')).toMatchInlineSnapshot(
    `"0 ms | 0.46 ms | 8.2 ms | 10 ms | 612 ms | 1.00 s | 1.24 s | 1 min 0 s | 2 min 5 s | −12 ms | – | – | –"`,
  )
})

test('shares', () => {
  const cases = [0, 1e-6, 0.0003, 0.004, 0.0967, 0.5, 0.992, 0.99999, 1, 1.5, undefined]
  expect(cases.map(share).join(' | ')).toMatchInlineSnapshot(
    `"0 % | < 0.01 % | 0.03 % | 0.40 % | 9.7 % | 50 % | 99.2 % | > 99.9 % | 100 % | 150 % | –"`,
  )
  expect([shareText(1, 0), shareText(1, 4)]).toEqual(['', '25 %'])
})

test('a share is never rounded to all or nothing', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (ratio) => {
      expect(['0 %', '0.00 %', '100 %', '100.0 %']).not.toContain(share(ratio))
    }),
  )
})

test('counts, bytes, clocks', () => {
  expect([12_345, 0.1234, 1234.5, Infinity, null].map(number)).toEqual(['12,345', '0.123', '1,235', '–', '–'])
  expect([0, 512, 2048, 5 * 2 ** 20].map(bytes)).toEqual(['0 B', '512 B', '2 KiB', '5 MiB'])
  expect([0, 130, 3730, -5].map(clock)).toEqual(['00:00', '02:10', '1:02:10', '−00:05'])
  expect([plural(1, 'check'), plural(2000, 'check')]).toEqual(['1 check', '2,000 checks'])
})

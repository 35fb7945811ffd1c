import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PRODUCTS, SHIPPING_CENTS } from './catalog.ts'
import { CONVERTIBLE, OFFERED, isIso4217 } from './currencies.ts'
import { fromCents, fromDollars, print } from './money.ts'

const CODES = ['USD', 'EUR', 'CAD', 'JPY', 'GBP', 'TRY']
const LOGOS = ['$', '€', '$', '¥', '£', '₺']
const PRICES: Record<string, string> = {
  OLJCESPC7Z: '19.99 17.68 26.74 2235.06 15.20 108.29',
  '66VCHSJNUP': '18.99 16.79 25.41 2123.25 14.44 102.88',
  '1YMWWN1N4O': '109.99 97.29 147.18 12297.86 83.64 595.89',
  L9ECAV7KIM: '89.99 79.60 120.42 10061.68 68.43 487.53',
  '2ZYFJ3GM2N': '24.99 22.10 33.44 2794.10 19.00 135.38',
  '0PUK6V6EV0': '18.99 16.79 25.41 2123.25 14.44 102.88',
  LS4PSXUNUM: '18.49 16.35 24.74 2067.34 14.06 100.17',
  '9SIQT8TOJO': '5.49 4.85 7.34 613.83 4.17 29.74',
  '6E92ZMYYFZ': '8.99 7.95 12.03 1005.16 6.83 48.70',
}
const price = (cents: number, code: string) => fromDollars(fromCents(cents), code)

test('nine products in six currencies print the prices of the contract', () => {
  const printed = PRODUCTS.map(({ id, cents }) => [id, CODES.map((code) => print(price(cents, code), code))])
  const expected = Object.entries(PRICES).map(([id, row]) => [
    id,
    row.split(' ').map((amount, index) => `${LOGOS[index] ?? ''}${amount}`),
  ])
  expect(printed).toEqual(expected)
})

test('shipping converts like the mug', () => {
  expect(print(price(SHIPPING_CENTS, 'TRY'), 'TRY')).toBe('₺48.70')
})

test('printed amounts outside dollars need not add up', () => {
  expect(print(price(899, 'GBP') * 3n, 'GBP')).toBe('£20.50')
})

test('a code without a rate makes everything free, printed in dollars', () => {
  for (const code of ['AED', 'XXX', 'usd', '', '__proto__'])
    expect(print(price(10999, code), code)).toBe('$0.00')
})

test('33 codes convert, 32 of them through the form, six are offered', () => {
  expect(CONVERTIBLE).toHaveLength(33)
  expect(CONVERTIBLE.filter((code) => !isIso4217(code))).toEqual(['HRK'])
  expect(OFFERED).toEqual(['EUR', 'USD', 'JPY', 'GBP', 'TRY', 'CAD'])
  expect(print(price(1999, 'CHF'), 'CHF')).toBe('$20.08')
})

const cents = fc.integer({ min: 0, max: 100_000_000 })
const code = fc.constantFrom(...CONVERTIBLE)

test('a larger price never converts to less', () => {
  fc.assert(
    fc.property(cents, cents, code, (a, b, to) => {
      expect(price(Math.max(a, b), to) >= price(Math.min(a, b), to)).toBe(true)
    }),
  )
})

test('two conversions differ from one of the sum by rounding alone', () => {
  fc.assert(
    fc.property(cents, cents, code, (a, b, to) => {
      const apart = price(a, to) + price(b, to) - price(a + b, to)
      expect(apart < 40_000n && apart > -40_000n).toBe(true)
    }),
  )
})

test('dollars come back as themselves to within a nano of a euro', () => {
  fc.assert(
    fc.property(cents, (amount) => {
      const off = price(amount, 'USD') - fromCents(amount)
      expect(off >= -1n && off <= 1n).toBe(true)
    }),
  )
})

test('any amount prints whole units and two digits, cut and never rounded', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), code, (amount, to) => {
      const text = print(amount, to)
      expect(text).toMatch(/^[$¥€₺£]\d+\.\d\d$/)
      expect(BigInt(text.slice(1).replace('.', ''))).toBe(amount / 10_000_000n)
    }),
  )
})

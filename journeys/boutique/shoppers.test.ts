import { expect, test } from 'vitest'
import { cannedShop } from '../../test/doubles/cannedShop.ts'
import { rehearse } from '../../testing/index.ts'
import { checkout } from './checkout.ts'
import shoppers from './shoppers.pool.ts'

const all = Array.from({ length: shoppers.length }, (_, index) => shoppers.at(index))

/** Luhn's sum: every second digit from the right doubled, its digits added. */
const luhn = (card: string) =>
  Array.from(card)
    .toReversed()
    .map((digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 2))
    .reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0)

test('every card is a Visa of 16 digits that passes Luhn', () => {
  for (const { credit_card_number: card } of all) {
    expect(card).toMatch(/^4539\d{12}$/)
    expect(luhn(card) % 10, card).toBe(0)
  }
})

test('every field is one that the shop’s form accepts', () => {
  for (const {
    email,
    street_address: street,
    zip_code: zip,
    city,
    state,
    country,
    credit_card_cvv: cvv,
  } of all) {
    expect(email).toMatch(/^[^\s@]+@example\.com$/)
    expect(street.length).toBeLessThanOrEqual(512)
    for (const text of [street, city, state, country]) expect(text).toMatch(/^\S.{0,127}$/)
    expect([zip > 9999 && zip < 100_000, cvv > 99 && cvv < 1000]).toEqual([true, true])
  }
  expect(new Set(all.map(({ email }) => email)).size).toBe(all.length)
})

test.each(['2026-01-01', '2031-12-31'])('on %s no card has expired', async (day) => {
  const now = Date.parse(`${day}T12:00:00Z`)
  const seen = await rehearse(checkout, {
    scenario: { name: 'visitors', executor: 'constant-vus' },
    respond: cannedShop(),
    now,
  })
  const form = new URLSearchParams(seen.requests.at(-1)?.body)
  const year = Number(form.get('credit_card_expiration_year'))
  const endOfMonth = Date.UTC(year, Number(form.get('credit_card_expiration_month')), 1)
  expect(endOfMonth).toBeGreaterThan(now)
  expect(year - new Date(now).getUTCFullYear()).toBeLessThanOrEqual(4)
})

test('the order carries every field of the form', async () => {
  const scenario = { name: 'visitors', executor: 'constant-vus' }
  const seen = await rehearse(checkout, { scenario, respond: cannedShop() })
  const form = new URLSearchParams(seen.requests.at(-1)?.body)
  const shopper = all.find(({ email }) => email === form.get('email'))
  expect(Object.fromEntries(form)).toEqual({
    email: shopper?.email,
    street_address: shopper?.street_address,
    zip_code: String(shopper?.zip_code),
    city: shopper?.city,
    state: shopper?.state,
    country: 'United States',
    credit_card_number: shopper?.credit_card_number,
    credit_card_cvv: String(shopper?.credit_card_cvv),
    credit_card_expiration_month: expect.stringMatching(/^([1-9]|1[0-2])$/) as string,
    credit_card_expiration_year: expect.stringMatching(/^20\d\d$/) as string,
  })
})

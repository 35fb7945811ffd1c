import { expect, test } from 'vitest'
import { isCardNumber, luhn, cardRefusal } from './cards.ts'

test.each([
  ['4432801561520454', true],
  ['4432 8015 6152 0454', true],
  ['4432-8015-6152-0454', false],
  ['44 32801561520454', false],
  ['4432801561520455', false],
  ['0000000000000000', true],
  ['00000000000', false],
  ['4432801561520454 ', false],
  ['x', false],
])('the form on card %s: %s', (number, taken) => {
  expect(isCardNumber(number)).toBe(taken)
})

test('every other digit of a number betrays a change', () => {
  const good = '4432801561520454'
  const near = Array.from({ length: 9 }, (_, step) => `443280156152045${(4 + step + 1) % 10}`)
  expect(luhn(good)).toBe(true)
  expect(near.some(luhn)).toBe(false)
})

const today = new Date(2026, 6, 15)
const card = (number: string, month = 7, year = 2026) => cardRefusal({ number, month, year }, today)
const only = 'Only VISA or MasterCard is accepted.'
const invalid = 'Credit card info is invalid'

test.each([
  ['Visa', '4432801561520454', undefined],
  ['Visa with blanks', '4432 8015 6152 0454', undefined],
  ['Mastercard', '5555555555554444', undefined],
  ['American Express', '378282246310005', only],
  ['Discover', '6011111111111117', only],
  ['Visa Electron', '4026000000000002', only],
  ['13-digit Visa', '4222222222222', invalid],
  ['Mastercard 2-series', '2223003122003222', invalid],
  ['zeros', '0000000000000000', invalid],
])('the payment service on %s', (_, number, reason) => {
  expect(luhn(number.replaceAll(' ', ''))).toBe(true)
  expect(card(number)).toBe(reason)
})

test('a card is good through its month, and its year has four digits', () => {
  const visa = '4432801561520454'
  expect(card(visa, 7, 2026)).toBeUndefined()
  expect(card(visa, 6, 2026)).toBe('Your credit card (ending 0454) expired on 6/2026')
  expect(card(visa, 1, 2020)).toBe('Your credit card (ending 0454) expired on 1/2020')
  expect(card(visa, 12, 27)).toBe('Your credit card (ending 0454) expired on 12/27')
})

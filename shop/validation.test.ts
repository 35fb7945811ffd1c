import fc from 'fast-check'
import { expect, test } from 'vitest'
import { integerField, readForm, unsigned, type FormFields } from './forms.ts'
import { order } from '../test/doubles/shopper.ts'
import { addition, currencyChoice, purchase } from './validation.ts'

const form =
  (fields: Record<string, string>): FormFields =>
  (field) =>
    fields[field] ?? ''
const tagsOf = (result: object): string[] =>
  'problems' in result
    ? (result.problems as string[]).map((line) => line.replace(/^Field '(.*)' is invalid: /, '$1 '))
    : []

test.each([
  ['1', ''],
  ['10', ''],
  ['007', ''],
  ['0', 'required'],
  ['-1', 'required'],
  ['+1', 'required'],
  ['abc', 'required'],
  ['', 'required'],
  ['1.5', 'required'],
  ['11', 'lte'],
  ['99999999999999999999', 'lte'],
])('quantity %j: %j', (quantity, tag) => {
  const result = addition(form({ quantity, product_id: 'X' }))
  expect(tagsOf(result)).toEqual(tag === '' ? [] : [`Quantity ${tag}`])
})

test('every broken field of an addition is named, quantity first', () => {
  expect(tagsOf(addition(form({})))).toEqual(['Quantity required', 'ProductID required'])
})

test.each([
  ['EUR', ''],
  ['CHF', ''],
  ['AED', ''],
  ['', 'required'],
  ['eur', 'iso4217'],
  ['HRK', 'iso4217'],
  ['QQQ', 'iso4217'],
])('currency %j: %j', (code, tag) => {
  expect(tagsOf(currencyChoice(form({ currency_code: code })))).toEqual(tag === '' ? [] : [`Currency ${tag}`])
})

test('the page’s own values make an order', () => {
  expect(purchase(form(order()))).toMatchObject({
    value: { email: 'someone@example.com', card: { number: '4432801561520454', month: 1 } },
  })
})

test.each([
  ['email', '', 'Email required'],
  ['email', 'a@b', 'Email email'],
  ['email', 'a b@example.com', 'Email email'],
  ['email', 'a@example.c', ''],
  ['email', 'ann.o+tag@mail.example.co.uk', ''],
  ['street_address', '', 'StreetAddress required'],
  ['street_address', 'ü'.repeat(512), ''],
  ['street_address', 'x'.repeat(513), 'StreetAddress max'],
  ['zip_code', '', 'ZipCode required'],
  ['zip_code', '0', 'ZipCode required'],
  ['zip_code', '-5', ''],
  ['zip_code', '02134', ''],
  ['zip_code', '94043-1234', 'ZipCode required'],
  ['zip_code', 'K1A 0B1', 'ZipCode required'],
  ['city', '', 'City required'],
  ['city', 'x'.repeat(129), 'City max'],
  ['state', '', 'State required'],
  ['state', 'x'.repeat(129), 'State max'],
  ['country', '', 'Country required'],
  ['country', 'x'.repeat(128), ''],
  ['country', 'x'.repeat(129), 'Country max'],
  ['credit_card_number', '', 'CcNumber required'],
  ['credit_card_number', '4432-8015-6152-0454', 'CcNumber credit_card'],
  ['credit_card_number', '4432801561520455', 'CcNumber credit_card'],
  ['credit_card_expiration_month', '', 'CcMonth required'],
  ['credit_card_expiration_month', '0', 'CcMonth required'],
  ['credit_card_expiration_month', '-1', 'CcMonth gte'],
  ['credit_card_expiration_month', '13', 'CcMonth lte'],
  ['credit_card_expiration_year', '0', 'CcYear required'],
  ['credit_card_expiration_year', '27', ''],
  ['credit_card_cvv', '000', 'CcCVV required'],
  ['credit_card_cvv', '007', ''],
])('checkout with %s %j: %j', (field, value, tag) => {
  expect(tagsOf(purchase(form(order({ [field]: value }))))).toEqual(tag === '' ? [] : [tag])
})

test('an empty checkout names its ten fields in order', () => {
  expect(tagsOf(purchase(form({}))).join(', ')).toBe(
    'Email required, StreetAddress required, ZipCode required, City required, State required, Country required, ' +
      'CcNumber required, CcMonth required, CcYear required, CcCVV required',
  )
})

test('numbers of a form are whole, bounded, and 0 when they are none', () => {
  fc.assert(
    fc.property(fc.string(), (text) => Number.isSafeInteger(integerField(text)) && unsigned(text) >= 0),
  )
  fc.assert(fc.property(fc.integer(), (value) => integerField(String(value)) === value))
})

const URLENCODED = 'application/x-www-form-urlencoded; charset=utf-8'

test('the body wins over the query, the first of a name wins', () => {
  const read = readForm('a=1&b=2', URLENCODED, Buffer.from('a=3&a=4&c=x%20y+z'))
  expect([read('a'), read('b'), read('c'), read('d')]).toEqual(['3', '2', 'x y z', ''])
})

test('a multipart body is read, files and torn bodies are not', () => {
  const part = (name: string, value: string) =>
    `--B\r\nContent-Disposition: form-data; ${name}\r\n\r\n${value}\r\n`
  const whole = `${part('name="a"', 'grün\r\nzwei')}${part('name="f"; filename="x"', 'file')}--B--\r\n`
  const read = (type: string, text: string) => readForm('', type, Buffer.from(text))
  expect(read('multipart/form-data; boundary=B', whole)('a')).toBe('grün\r\nzwei')
  expect(read('multipart/form-data; boundary=B', whole)('f')).toBe('')
  expect(read('multipart/form-data; boundary=B', whole.slice(0, 40))('a')).toBe('')
  expect(read('multipart/form-data', whole)('a')).toBe('')
  expect(read('application/json', '{"a":1}')('a')).toBe('')
})

test('no body of any type makes reading throw', () => {
  const type = fc.constantFrom(
    'multipart/form-data; boundary=B',
    URLENCODED,
    '',
    'multipart/form-data; boundary="',
  )
  fc.assert(
    fc.property(type, fc.string(), fc.string(), (kind, query, body) => {
      expect(typeof readForm(query, kind, Buffer.from(body))('a')).toBe('string')
    }),
  )
})

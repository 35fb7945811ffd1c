import { isCardNumber, type Card } from './cards.ts'
import { isIso4217 } from './currencies.ts'
import { integerField, unsigned, type FormFields } from './forms.ts'

type Rule = readonly [tag: string, holds: boolean]
type Rules = Readonly<Record<string, readonly Rule[]>>

/** What a form gave, or the lines of the 422 page: one a field, its first broken rule. */
export type Validated<T> = { readonly value: T } | { readonly problems: readonly string[] }

function validated<T>(value: T, rules: Rules): Validated<T> {
  const problems = Object.entries(rules).flatMap(([field, tags]) => {
    const broken = tags.find(([, holds]) => !holds)
    return broken === undefined ? [] : [`Field '${field}' is invalid: ${broken[0]}`]
  })
  return problems.length > 0 ? { problems } : { value }
}

const EMAIL =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{N}]([\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+\p{L}([\p{L}\p{N}-]*[\p{L}\p{N}])?$/u

const given = (value: string | number): Rule => ['required', value !== '' && value !== 0]
const atMost = (length: number, value: string): Rule => ['max', Array.from(value).length <= length]

/** The form of POST /cart. */
export function addition(form: FormFields): Validated<{ productId: string; quantity: number }> {
  const quantity = unsigned(form('quantity'))
  const productId = form('product_id')
  return validated(
    { productId, quantity },
    { Quantity: [given(quantity), ['lte', quantity <= 10]], ProductID: [given(productId)] },
  )
}

/** The form of POST /setCurrency. */
export function currencyChoice(form: FormFields): Validated<string> {
  const code = form('currency_code')
  return validated(code, { Currency: [given(code), ['iso4217', isIso4217(code)]] })
}

/** What a checkout is placed with. */
export interface Purchase {
  readonly email: string
  readonly street: string
  readonly city: string
  readonly state: string
  readonly card: Card
}

/** The form of POST /cart/checkout. */
export function purchase(form: FormFields): Validated<Purchase> {
  const [email, street, city, state, country] = [
    form('email'),
    form('street_address'),
    form('city'),
    form('state'),
    form('country'),
  ]
  const number = form('credit_card_number')
  const month = integerField(form('credit_card_expiration_month'))
  const year = integerField(form('credit_card_expiration_year'))
  return validated(
    { email, street, city, state, card: { number, month, year } },
    {
      Email: [given(email), ['email', EMAIL.test(email)]],
      StreetAddress: [given(street), atMost(512, street)],
      ZipCode: [given(integerField(form('zip_code')))],
      City: [given(city), atMost(128, city)],
      State: [given(state), atMost(128, state)],
      Country: [given(country), atMost(128, country)],
      CcNumber: [given(number), ['credit_card', isCardNumber(number)]],
      CcMonth: [given(month), ['gte', month >= 1], ['lte', month <= 12]],
      CcYear: [given(year)],
      CcCVV: [given(integerField(form('credit_card_cvv')))],
    },
  )
}

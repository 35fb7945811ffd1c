import { secretIn } from '../../config/secrets.ts'
import { field, plainText } from './literals.ts'
import type { Call } from './recording.ts'

/** Fields whose value is nobody's business, by their labels and names. */
export const SECRET_FIELD =
  /\bpass(?:word|wd|phrase|code|wort)?\b|\bpwd\b|kennwort|contraseña|mot de passe|\bsenha\b|\bsecret\b|\btoken\b|\bapi ?key\b|\botp\b|\btotp\b|one time|\b[2m]fa\b|(?:verification|security|authenticat\w+|confirmation) code|\bpin\b|\bcvv2?\b|\bcvc2?\b|\bcsc\b|card (?:number|no|num)\b|(?:credit|debit) ?card(?! (?:holder|name|expir|month|year|type))|cardnumber|\biban\b|\bssn\b|social security|type password/i

/** Words of a name: `cardNumber`, `card_number` and `card-number` are "card number". */
export const wordsOf = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Whether what is typed into an element is a secret: by its label, its name, its type, or its form. */
export function isSecretField(target: readonly Call[], hints: string, value: string): boolean {
  if (value.trim() === '') return false
  const names = target.flatMap(({ given }) =>
    given.flatMap((one) => [plainText(one), plainText(field(one, 'name'))]),
  )
  return (
    SECRET_FIELD.test(wordsOf([...names, hints].join(' | '))) ||
    secretIn(value) !== undefined ||
    isCardNumber(value)
  )
}

/** Whether a text is the number of a payment card, by its check digit. */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '')
  if (!/^\d{13,19}$/.test(digits)) return false
  let sum = 0
  for (const [index, digit] of digits.split('').toReversed().entries()) {
    const twice = Number(digit) * (index % 2 === 1 ? 2 : 1)
    sum += twice > 9 ? twice - 9 : twice
  }
  return sum % 10 === 0
}

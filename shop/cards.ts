/** Whether `digits` ends in the check digit of Luhn. */
export function luhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    if (digit < 0 || digit > 9) return false
    const doubled = digit * 2
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Whether the form takes `number`: 12 to 19 digits with a Luhn digit, blanks between groups of three and more. */
export function isCardNumber(number: string): boolean {
  const groups = number.split(' ')
  const digits = groups.join('')
  return groups.every((group) => group.length >= 3) && /^\d{12,19}$/.test(digits) && luhn(digits)
}

/** What the payment service needs of a card; the year has four digits. */
export interface Card {
  readonly number: string
  readonly month: number
  readonly year: number
}

const ELECTRON = /^(4026|417500|4508|4844|491[37])/
const ACCEPTED = /^(4\d{15}|5[1-5]\d{14})$/
const OTHER =
  /^(3[47]\d{13}|3(0[0-5]|[68]\d)\d{11}|6(011|5\d\d|4[4-9]\d)\d{12}|35\d{14}|(50|5[6-9]|6\d)\d{10,17})$/

/** Why the payment service refuses a card on the day `today`; undefined when it charges it. */
export function cardRefusal(card: Card, today: Date): string | undefined {
  const digits = card.number.replaceAll(' ', '')
  const electron = ELECTRON.test(digits) && digits.length === 16
  if (electron || OTHER.test(digits)) return 'Only VISA or MasterCard is accepted.'
  if (!ACCEPTED.test(digits)) return 'Credit card info is invalid'
  const months = today.getFullYear() * 12 + today.getMonth() + 1
  if (card.year * 12 + card.month >= months) return undefined
  return `Your credit card (ending ${digits.slice(-4)}) expired on ${card.month}/${card.year}`
}

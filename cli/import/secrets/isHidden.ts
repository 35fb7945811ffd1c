import { formDecoded } from '../percent.ts'
import { secretIn } from '../../../config/secrets.ts'
import { isCardNumber } from './cardNumber.ts'
import { isRandom } from './madeByMachine.ts'
import { isSecretName } from './secretName.ts'

/** Whether a part of an address is a secret by its form, or tells of a person. */
export const isHidden = (part: string): boolean => {
  const text = formDecoded(part)
  return (
    text.includes('@') ||
    PHONE.test(part) ||
    secretIn(text) !== undefined ||
    isCardNumber(text) ||
    isRandom(text)
  )
}

/** Whether a part of an address is a secret by what stands before it: `/token/ab12cd`, not `/password/reset`. */
export const isHiddenAfter = (before: string, part: string): boolean =>
  part.length >= 6 && /\d/.test(part) && /[a-z]/i.test(part) && !/^v\d/.test(part) && isSecretName(before)

/** The number of a phone, with its country. */
const PHONE = /^(?:\+|%2b)\d{8,15}$/i

/** Whether a part of an address is the e-mail address of a person; `react@18.2.0` is none. */
export const isPersonal = (part: string): boolean => /[^@/](?:@|%40)[\w.-]+\.[a-z]{2,}$/i.test(part)

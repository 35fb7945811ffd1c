import { secretIn } from '../../../config/secrets.ts'
import { isCardNumber } from './cardNumber.ts'
import { logInWords } from './logIn.ts'
import { isMade, isSecret } from './isSecret.ts'
import { isRandom } from './madeByMachine.ts'
import { isSecretName, maySecretName } from './secretName.ts'

/** Words of a text that are secrets by their form, by the text's name, or by a name before them: `the key is AIzaSy…`. */
export function secretWords(name: string, text: string): string[] {
  if (text.length < LEAST) return []
  if (!/\s/.test(text)) return logInWords(text)
  const named = maySecretName(name)
  return [
    ...(text.match(WORDS) ?? []).filter(
      (word) =>
        secretIn(word) !== undefined || isCardNumber(word) || isRandom(word) || (named && isMade(name, word)),
    ),
    ...Array.from(text.matchAll(NAMED), ([whole, own = '', word = '']) =>
      isSecretName(own) && isSecret(own, word) && (/[:=]/.test(whole) || /\d/.test(word)) ? word : '',
    ).filter((word) => word !== ''),
    ...logInWords(text),
  ]
}

/** What a secret word of a text is called. */
export const wordName = (name: string, text: string, word: string): string =>
  logInWords(text).includes(word) ? 'password' : `${name} token`

/** `… with password: hunter2.`, `the password is hunter2` within a line. */
const NAMED =
  /(?<![\w.-])([\w.-]{1,40})(?:[ \t]{0,4}[:=][ \t]{0,4}|[ \t](?:is|was)[ \t])(?:(?:Bearer|Basic|Token)[ \t]+)?([^\s,;"'`[\]{}()][^\s,;"'`]{2,}[^\s,;."'`)\]}])/g
/** A text of a name, or a title of none, with `…` in the place of what may be a secret in it. */
export const withoutWords = (name: string, text: string): string =>
  secretWords(name, text).reduce((shown, word) => shown.replaceAll(word, '…'), text)

const LEAST = 8
const WORDS = /[\w+/=~-]{8,}(?:\.[\w+/=~-]+)*/g

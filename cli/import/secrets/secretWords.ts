import { secretIn } from '../../../config/secrets.ts'
import { isCardNumber } from './cardNumber.ts'
import { isMade } from './isSecret.ts'
import { isRandom } from './madeByMachine.ts'
import { maySecretName } from './secretName.ts'

/** Words of a text that are secrets by their form, or by the text's name: `the key is AIzaSy…`. */
export function secretWords(name: string, text: string): string[] {
  if (text.length < LEAST || !/\s/.test(text)) return []
  const named = maySecretName(name)
  return (text.match(WORDS) ?? []).filter(
    (word) =>
      secretIn(word) !== undefined || isCardNumber(word) || isRandom(word) || (named && isMade(name, word)),
  )
}

const LEAST = 8
const WORDS = /[\w+/=~-]{8,}(?:\.[\w+/=~-]+)*/g

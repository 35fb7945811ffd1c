import { namedIn } from '../../../config/namedIn.ts'
import { secretIn } from '../../../config/secrets.ts'
import { isCardNumber } from './cardNumber.ts'
import { isRandom } from './madeByMachine.ts'
import { isSecretName, maySecretName } from './secretName.ts'

/** Whether a value of this name is written into no file: by its form, or by the name; a switch is no secret. */
export function isSecret(name: string, value: string): boolean {
  if (isSwitch(value)) return false
  if (secretIn(value) !== undefined || isCardNumber(value) || isSecretName(name)) return true
  if (hidesSecret(value)) return true
  return maySecretName(name) && (isRandom(value) || isMade(name, value))
}

const isSwitch = (value: string): boolean => /^(?:|on|off|true|false|[01])$/i.test(value.trim())

/** A code is often a short one, and of letters and digits; what is called so otherwise is a number. */
export const isMade = (name: string, value: string): boolean =>
  /^code$/i.test(name)
    ? value.length >= 6 && /^[\w~-]+$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value)
    : value.length >= 8 && /\d/.test(value)

/** Whether a text is JSON in base64 that has a secret in it. */
function hidesSecret(value: string): boolean {
  if (!/^ey[\w+/-]{10,}={0,2}$/.test(value)) return false
  const json = Buffer.from(value, 'base64').toString('utf8')
  return namedIn(json).some(({ name, text }) => isSecret(name, text))
}

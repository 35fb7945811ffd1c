import { MAYBE_SECRET_NAME, secretIn } from '../../config/secrets.ts'
import { isSecretName } from './secrets/secretName.ts'

/** A line of a script without what may be a secret: texts beside a name that says so, and what has the form of one. */
export function hideCode(line: string, hide: (text: string) => string): string {
  const open = hide(line)
  const named = MAYBE_SECRET_NAME.test(open) || isSecretName(open)
  const shown = open.replace(/(["'`])((?:[^\\]|\\.)*?)\1/g, (whole, mark: string, text: string) =>
    (named && isValue(text)) || isValue(text, 16) || secretIn(text) !== undefined ? `${mark}…${mark}` : whole,
  )
  return secretIn(shown) === undefined ? shown : '…'
}

/** Names are words; what has digits or signs in it is a value. */
const isValue = (text: string, least = 4): boolean =>
  text.length >= least && /[\d!#$%&*+^~]/.test(text) && /^\S+$/.test(text)

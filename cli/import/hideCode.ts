import { namedIn } from '../../config/namedIn.ts'
import { MAYBE_SECRET_NAME, secretIn } from '../../config/secrets.ts'
import { isSecret } from './secrets/isSecret.ts'
import { isSecretName } from './secrets/secretName.ts'
import { withoutWords } from './secrets/secretWords.ts'

/** A line of a script without what may be a secret: texts beside a name that says so, and what has the form of one. */
export function hideCode(line: string, hide: (text: string) => string): string {
  const open = withoutNamed(hide(line))
  const named = MAYBE_SECRET_NAME.test(open) || isSecretName(open)
  const shown = open.replace(/(["'`])((?:[^\\]|\\.)*?)\1/g, (whole, mark: string, text: string) =>
    (named && isValue(text)) || isValue(text, 16) || secretIn(text) !== undefined ? `${mark}…${mark}` : whole,
  )
  return secretIn(shown) === undefined ? shown : '…'
}

/** A line with `…` in the place of each secret that stands under its name. */
function withoutNamed(line: string): string {
  let shown = line
  for (const { name, text, from, to, place } of namedIn(line).toReversed())
    if (isSecret(name, text)) {
      const [begin, end] = place === 'json' ? [from + 1, to - 1] : [from, to]
      shown = `${shown.slice(0, begin)}…${shown.slice(end)}`
    }
  return withoutWords('', shown)
}

/** Names are words; what has digits or signs in it is a value. */
const isValue = (text: string, least = 4): boolean =>
  text.length >= least && /[\d!#$%&*+^~]/.test(text) && /^\S+$/.test(text)

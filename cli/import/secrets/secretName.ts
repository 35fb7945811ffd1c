import { wordsOf } from './wordsOf.ts'

/** Whether a value of this name is a secret, whatever it looks like. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name)
  return !isOpen(words) && CERTAIN.some((pattern) => pattern.test(words))
}

/** Whether a value of this name is a secret where a machine made it: `?sort_key=price` is none. */
export function maySecretName(name: string): boolean {
  const words = wordsOf(name)
  return !isOpen(words) && MAYBE.test(words)
}

/** Whether everybody may know a value of this name: a hash of a query, a kind of grant. */
export const isPublicName = (name: string): boolean => PUBLIC.test(wordsOf(name))

const isOpen = (words: string): boolean => PUBLIC.test(words) || LABEL.test(words)

/** What is said of a secret, and is none: `tokenUrl`, `password_field`. */
const LABEL =
  /\b(?:max|min|num|total|prompt|completion|input|output|stop|used|cached)\b.*\btokens?$| (?:url|uri|endpoint|path|page|file(?: ?name)?|field|selector|locator|label|title|placeholder|prefix|suffix|pattern|format|version|status|state|error|required|enabled|disabled|visible|valid|changed|scopes?|name)$/i

const PUBLIC =
  /sha256hash|^hash$|integrity|public ?key|\b(?:type|kind|method|length|policy|strength|count|limit|expir\w*(?: (?:in|at))?)$/i

const CERTAIN = [
  /pass(?:word|wd|phrase|code|wort)s?\d*\b|\bpass\d*\b|pwd\d*\b|\b(?:user|new|old)?pw\d*\b/i,
  /kennwort|contraseña|mot de passe|\bsenha\b|пароль|パスワード|密码|密碼|비밀번호/i,
  /secrets?\d*\b|tokens?\d*\b|cred(?:ential)?s?\b|^(?:set )?cookie$|\bauth(?:orization)?$|\b[cx]srf$|type password/i,
  /(?:api|access|auth|private|secret|subscription|session|signing|encryption|client|account|license|shared|master|consumer) ?keys?\d*\b/i,
  /\bt?otp\b|one time|\b[2m]fa\b|\bpin\b|(?:security|secret|recovery) ?answer/i,
  /(?:login|access|verification|security|confirmation|authenticat\w+|auth\w*|invit\w+|reset|recovery|backup|sms) ?code\b/i,
  /\bcvv2?\b|\bcvc2?\b|\bcsc\b|card (?:number|no|num)\b|(?:credit|debit) ?card(?! (?:holder|name|expir|month|year|type))|cardnumber/i,
  /\biban\b|\bssn\b|social security/i,
]

const MAYBE =
  /\b(?:keys?|cookie|auth|sig|signature|hmac|s ?id|access)\b|sess(?:ion)? ?id|^code$|token|secret|passw|credential/i

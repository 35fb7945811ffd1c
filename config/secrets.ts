/*
 * What a secret is known by: its name, or its form. What a k6 script shows of requests is redacted by the rules of
 * `redact.ts`, which k6's engine compiles for every VU, and which hide rather too much than too little.
 */

/** A user and a password in a URL. */
export const USER_IN_URL = /:\/\/[^\s/:@?#]*:[^\s/@?#]+@/

/** Names of variables and parameters that may hold a secret; an author, a keyword and a keyboard are none. */
export const MAYBE_SECRET_NAME =
  /token|secret|passw|passphrase|pwd|key(?!word|board)|cookie|auth(?!or(?!i[sz]))|credential|signature|(?:^|[^a-z])sig(?:$|[^a-z])/i

/** Names whose value is a secret for certain. */
export const SECRET_NAME =
  /^(?:.*[_-])?(?:pass(?:word|wd|phrase)|secret|api_?key|access_?key|private_?key|(?:auth|access|api|bearer)_?token|client_?secret|token)$/i

/** What kind of secret a text looks like; undefined for none. */
export const secretIn = (text: string): string | undefined =>
  FORMS.find(([pattern]) => pattern.test(text))?.[1]

const FORMS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\bAKIA[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}/, 'a GitHub token'],
  [/\bgl(?:c|sa)_[A-Za-z0-9+/=_-]{20,}/, 'a Grafana token'],
  [/\bxox[abeprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  [
    /hooks\.slack\.com\/services\/\w+\/\w+\/\w+|discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]+|\.webhook\.office\.com\/\w+\/[\w@-]+/,
    'the address of a webhook',
  ],
  [/\bsk_live_[A-Za-z0-9]{16,}/, 'a payment key'],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/, 'a signed token (JWT)'],
  [/\bBearer\s+[\w.~+/-]{16,}/, 'a bearer token'],
  [/\bBasic\s+[A-Za-z0-9+/]{12,}={0,2}/, 'basic credentials'],
  [USER_IN_URL, 'credentials in a URL'],
]

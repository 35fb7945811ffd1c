/** Texts that are secrets by their look, and what each is. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\bAKIA[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}/, 'a GitHub token'],
  [/\bgl(?:c|sa)_[A-Za-z0-9+/=_-]{20,}/, 'a Grafana token'],
  [/\bxox[abeprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  [/\bsk_live_[A-Za-z0-9]{16,}/, 'a payment key'],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/, 'a signed token (JWT)'],
  [/\bBearer\s+[\w.~+/-]{16,}/, 'a bearer token'],
  [/\bBasic\s+[A-Za-z0-9+/]{12,}={0,2}/, 'basic credentials'],
  [/\bhttps?:\/\/[^\s/:@?#]+:[^\s/@?#]+@/, 'credentials in a URL'],
]

/** What kind of secret a text looks like; undefined for none. */
export const secretIn = (text: string): string | undefined =>
  PATTERNS.find(([pattern]) => pattern.test(text))?.[1]

/** Names whose value is a secret. */
export const SECRET_NAME =
  /^(?:.*[_-])?(?:pass(?:word|wd|phrase)|secret|api_?key|access_?key|private_?key|(?:auth|access|api|bearer)_?token|client_?secret|token)$/i

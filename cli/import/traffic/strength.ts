const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i
/** Names of counts, sizes and dates: two that are equal are so by chance. */
const COUNTED =
  /page|offset|limit|size|count|quantit|qty|amount|price|total|sum|year|month|day|date|time|version|width|height|index|sort|order_?by|rating|zip|post(?:al)?_?code|lat|lon|lng/i
/** Names of tokens that a page gives to what it sends next. */
export const TOKEN_NAME = /csrf|xsrf|authenticity|verification_?token|nonce|viewstate|eventvalidation/i
/** Headers that send what an answer has given, whatever it is (RFC 9110, 13.1). */
const PRECONDITION = /^if-(?:match|unmodified-since)$/i
/** Names of ids. */
const ID_NAME =
  /(?:^|[_-])(?:id|ids|uuid|guid|no|number|key|ref|cursor|after|before|token)$|(?:Id|Ids|ID|Ref|Key|Cursor|Token)$/

/** How sure it is that two equal texts are one value, from 0 (any two may be equal) to 4; below 0 for what never is. */
export function strengthOf(value: string, name: string): number {
  if (value.length === 0 || value.length > 4000 || /\s{2}|\n/.test(value)) return -1
  if (PRECONDITION.test(name)) return value === '*' ? -1 : 3
  if (/^(?:true|false|null|undefined|on|off|yes|no)$/i.test(value)) return -1
  if (/^\d+$/.test(value)) return numberStrength(value, name)
  if (/^[\d.,:/ -]+$/.test(value) || /^\d{4}-\d\d-\d\d/.test(value) || isVersion(value)) return -1
  if (UUID.test(value)) return 4
  if (TOKEN_NAME.test(name)) return 3
  const [digits, letters] = [/\d/.test(value), /[a-z]/i.test(value)]
  if (value.includes(' ') || value.includes('@')) return -1
  if (value.length >= 16 && letters && (digits || /[a-z][A-Z]|[A-Z]{2}[a-z]/.test(value))) return 4
  if (value.length >= 6 && digits && letters) return 2
  return ID_NAME.test(name) && value.length >= 4 && digits ? 1 : -1
}

function numberStrength(value: string, name: string): number {
  if (COUNTED.test(name)) return -1
  if (value.length >= 9) return 4
  if (value.length >= 5) return 2
  return ID_NAME.test(name) || value.length > 3 ? 0 : -1
}

const isVersion = (value: string): boolean => /^v?\d{1,4}(?:\.\d{1,5})*[a-z]?$/i.test(value)

/** Whether two names are of one thing: `_csrf` and `csrf_token`, `orderId` and `order_id`. */
export function sameName(a: string, b: string): boolean {
  if (a === '' || b === '') return false
  if (TOKEN_NAME.test(a) && TOKEN_NAME.test(b)) return true
  if (/etag|last-modified/i.test(a) && PRECONDITION.test(b)) return true
  if (/cursor|next/i.test(a) && /cursor|after|before|page_?token|from/i.test(b)) return true
  if (TOKEN_WORD.test(a) && /^authorization$/i.test(b)) return true
  const [one, other] = [bare(a), bare(b)]
  if (one.length < 2 || other.length < 2) return false
  return one === other || one.endsWith(other) || other.endsWith(one) || unnumbered(one) === unnumbered(other)
}

const TOKEN_WORD = /token|jwt|bearer|access|session|auth|key/i
/** `roomKey` and `room` are of one thing. */
const unnumbered = (name: string): string => name.replace(/(?:id|key|uuid|ref|no)$/, '')
const bare = (name: string): string => name.toLowerCase().replace(/^x-|[^a-z\d]/g, '')

import { cut, redact } from '../../config/redact.ts'

/** Characters of a body that are looked at, and that are shown at most. */
const MAX_READ_CHARACTERS = 2048
const MAX_SHOWN_CHARACTERS = 800

/**
 * The beginning of a response's body on one line, of a page what stands in it, without tags and without what may be a
 * secret; undefined where there is none. Each VU of an outage pays for it: little is looked at, and Node finds the words.
 */
export const excerptOf = (body: unknown): string | undefined => {
  if (typeof body !== 'string') return undefined
  const from = /^\s*</.test(body) ? Math.max(0, body.indexOf('<body')) : 0
  // What stands between tags, as in `<password>`, and what stands on both sides of them.
  const text = redact(redact(cut(body.slice(from), MAX_READ_CHARACTERS)).replace(/<[^>]*>/gu, ' '))
    // What is long and mixed enough to be a key or a token of somebody's.
    .replace(/\w{32,}/gu, (word) => (/\d/.test(word) && /[a-z]/i.test(word) ? '***' : word))
    .replace(/\s+/gu, ' ')
  return text.slice(0, MAX_SHOWN_CHARACTERS).trim() || undefined
}

import { cut, redact, withoutTags } from '../config/index.ts'

/** Characters of a body that are looked at, and that are shown at most. */
const LOOKED = 8192
const SHOWN = 200

/** The beginning of a response's body on one line, of HTML what a person would read, without what may be a secret; undefined where there is none. */
export const excerptOf = (body: unknown): string | undefined => {
  if (typeof body !== 'string' || body === '') return undefined
  const text = redact(
    withoutTags(cut(body, LOOKED))
      .replace(/[^\S\n]+/gu, ' ')
      .trim(),
    SHOWN + 100,
  )
    // What is long and mixed enough to be a key or a token of somebody's.
    .replace(/\w{32,}/gu, (word) => (/\d/.test(word) && /[a-z]/i.test(word) ? '***' : word))
    .replace(/\s+/gu, ' ')
  return text.length > SHOWN ? `${cut(text, SHOWN - 1)}…` : text || undefined
}

import { redact, withoutTags } from '../config/index.ts'

/** Characters of a body that are looked at, and that are shown at most. */
const LOOKED = 8192
const SHOWN = 200

/** Texts that are long and mixed enough to be a key or a token of somebody's. */
const LOOSE = String.raw`\b(?=\w*\d)(?=\w*[a-z])\w{32,}\b`

/** The beginning of a response's body on one line, of HTML what a person would read, without what may be a secret; undefined where there is none. */
export const excerptOf = (body: unknown): string | undefined => {
  if (typeof body !== 'string' || body === '') return undefined
  const text = withoutTags(redact(body.slice(0, LOOKED)))
    .replace(new RegExp(LOOSE, 'gi'), '***')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text || undefined
}

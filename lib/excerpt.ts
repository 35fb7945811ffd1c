import { cut, redact, withoutTags } from '../config/index.ts'

/** Characters of a body that are looked at, that are read after the first word of an error, and that are shown at most. */
const LOOKED = 2048
const AFTER = 300
const SHOWN = 500

/**
 * What stands in a response's body around the first word of an error, on one line, of HTML what a person would read,
 * without what may be a secret; undefined where there is none. Each VU of an outage pays for it: little is looked at.
 */
export const excerptOf = (body: unknown): string | undefined => {
  if (typeof body !== 'string') return undefined
  const page = /^\s*<(?:!doctype html|html)/i.test(body.slice(0, 99))
  const raw = page ? `<html>${body.slice(Math.max(0, body.indexOf('<body')))}` : body
  const text = withoutTags(cut(raw, LOOKED)).replace(/[^\S\n]+/gu, ' ')
  const at = text.search(/error|exception|fail|denied|invalid|cannot|not found/i)
  const shown = redact(text, Math.max(0, at) + AFTER)
    // What is long and mixed enough to be a key or a token of somebody's.
    .replace(/\w{32,}/gu, (word) => (/\d/.test(word) && /[a-z]/i.test(word) ? '***' : word))
    .replace(/\s+/gu, ' ')
  return shown.slice(-SHOWN).trim() || undefined
}

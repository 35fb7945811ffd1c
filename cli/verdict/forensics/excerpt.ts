import { decodeHTMLStrict } from 'entities'
import { redact } from '../../../config/redact.ts'

/** Characters of a sentence that a report shows in one line at most. */
const MAX_CHARACTERS = 160

/** What a person reads of a body's excerpt: without tags, its entities decoded, on one line; without what may be a secret. */
export function readExcerpt(raw: string): string {
  const text = /<[a-z!/]/i.test(raw)
    ? raw.replace(/<(script|style)\b[^]*?(?:<\/\1>|$)/gi, ' ').replace(/<[a-z!/][^<>]*(?:>|$)/gi, ' ')
    : raw
  // What was written as an entity has not been seen by whoever looked for secrets.
  return redact(decoded(text)).replace(/\s+/g, ' ').trim()
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,30}));/gi,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return decodeHTMLStrict(whole)
      const code = decimal === undefined ? parseInt(String(hex), 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
        ? String.fromCodePoint(code)
        : whole
    },
  )
}

/** Words by which a text tells what went wrong. */
const TELLING =
  /\b(?:errors?|exceptions?|failed|failure|fault|fatal|panic|denied|forbidden|unauthori[sz]ed|invalid|expired|unavailable|refused|time(?:d )?out|not found|unknown|missing|could not|cannot|can't|limit|too many)\b/i

/** Whether a text tells that something went wrong. */
export const isTelling = (text: string): boolean => TELLING.test(text)

/** The sentence of an excerpt that tells what went wrong, its beginning where none does; at most 160 characters. */
export function tellingPart(excerpt: string): string {
  const at = mostTelling(excerpt)
  if (at === undefined) return bounded(excerpt)
  const begins = Math.max(
    0,
    ...[...excerpt.slice(0, at).matchAll(/[.!?…](?=\s)|\n/g)].map(({ index }) => index + 1),
  )
  const rest = excerpt.slice(begins).trim()
  const ends = /[.!?](?=\s)/.exec(rest.slice(Math.max(0, at - begins)))
  const sentence = ends ? rest.slice(0, Math.max(0, at - begins) + ends.index + 1) : rest
  if (at - begins < MAX_CHARACTERS) return bounded(sentence)
  return `…${bounded(excerpt.slice(at - MAX_CHARACTERS / 4).trim())}`
}

/** Where the text is most telling: `Something has failed` says less than an error with what follows it. */
function mostTelling(excerpt: string): number | undefined {
  const words = [...excerpt.matchAll(new RegExp(TELLING, 'gi'))].map(({ index }) => index)
  return words.find((at) => /^\w+(?: \w+)?\s*[:=]/.test(excerpt.slice(at, at + 40))) ?? words[0]
}

const bounded = (text: string): string =>
  text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS - 1).trimEnd()}…`

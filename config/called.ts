import { MAYBE_SECRET_NAME } from './secrets.ts'

/** A value at its name: a field, a parameter, an attribute. */
export interface NamedField {
  name: string
  /** Undefined of what is no text. */
  text: string | undefined
}

/** What says how a value beside it is called: `{"name":"token","value":"…"}`. */
const CALLING = /^(?:name|key|field|property|parameter|attribute|header)$/i
/** What does so only if it says a secret: `{"type":"password","value":"…"}`. */
const TELLING = /^(?:type|id|label|title|kind|question|path|k)$/i
const VALUE = /^value$/i
/** Names that say nothing of what they hold. */
const OPEN =
  /^(?:val(?:ue)?s?|v|text|string|string_?value|s|n|plain(?:text)?|content|data|input|answer|raw|[#$](?:te?x?t?)?|_+)$/i

/** A longer text is no name. */
const MAX_CHARACTERS = 80
/** What stands farther away says nothing of a value. */
export const MAX_DISTANCE = 10

/** Whether a value of this name says only beside or within others how it is called. */
export const isOpenName = (name: string): boolean => OPEN.test(lastWord(name))

/**
 * The name of one of the fields that stand beside each other: a `value` has the name that another field gives it, in
 * front of it or behind it, or else that of `whole`, which they are in: `{"pin":{"value":"…"}}`.
 */
export const calledName = (fields: readonly NamedField[], index: number, whole = ''): string => {
  const name = fields[index]?.name ?? ''
  const last = lastWord(name)
  if (!OPEN.test(last)) return name
  const before = name.slice(0, name.lastIndexOf(last))
  const begin = Math.max(0, index - MAX_DISTANCE)
  const near: Near[] = []
  for (const [at, { name: other, text = '' }] of fields.slice(begin, index + MAX_DISTANCE).entries()) {
    const word = lastWord(other)
    if (!other.startsWith(before) || other.slice(0, other.lastIndexOf(word)) !== before) continue
    const isOwn = at === index - begin
    const isName = !isOwn && text !== '' && text.length <= MAX_CHARACTERS
    near.push({ word, text, isOwn, isName })
  }
  const pattern = [CALLING, TELLING].find((one) => near.some((field) => calls(field, one, last)))
  if (pattern === undefined) return whole === '' ? name : whole
  const isCalling = (field: Near): boolean => calls(field, pattern, last)
  const own = near.findIndex(({ isOwn }) => isOwn)
  const first = near.find((field) => isCalling(field) || OPEN.test(field.word))
  const called =
    first !== undefined && OPEN.test(first.word)
      ? near.slice(own).find(isCalling)
      : near.slice(0, own).findLast(isCalling)
  return (called ?? near.find(isCalling))?.text ?? name
}

/** A field that stands near another one. */
interface Near {
  word: string
  text: string
  isOwn: boolean
  isName: boolean
}

/** Whether a field says how a value of the name `last` is called. */
const calls = ({ isName, text, word }: Near, pattern: RegExp, last: string): boolean =>
  isName && pattern.test(word) && (saysSecret(text) || (pattern === CALLING && VALUE.test(last)))

/** Of `fields[0][value]` it is `value`. */
const lastWord = (name: string): string => /([A-Za-z#$_]+)\]?$/.exec(name)?.[1] ?? ''

/** Whether a text is the name of a secret: a word or two, and no value. */
export const saysSecret = (text: string): boolean =>
  /^[\w ./-]{1,60}$/.test(text) &&
  (MAYBE_SECRET_NAME.test(text) || /\b(?:pin|t?otp|cvv2?|cvc|iban|ssn|card)\b/i.test(text))

/** What a list of two says that its second is called: `['X-Api-Key', '…']`; undefined where it says nothing. */
export const pairName = ([first, ...others]: readonly (string | undefined)[]): string | undefined =>
  first !== undefined && others.length === 1 && saysSecret(first) ? first : undefined

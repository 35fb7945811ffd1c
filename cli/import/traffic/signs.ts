import { isKind, mixed, type Change, type Code, type Mixed, type Value } from './value.ts'

/** Signs of Unicode's private area, which no text has of its own: each stands for an expression. */
export const SIGNS = /[\uE000-\uF8FF]/g
const FIRST = 0xe000
/** Shorter pieces between expressions say nothing. */
const LEAST = 6
const COUNT = 0xf8ff - FIRST + 1

/** What `change` makes of a text with expressions: it gets it as one text, with a sign for each expression. */
export function throughSigns(value: string | Mixed, change: (text: string) => Value): Value {
  const parts = typeof value === 'string' ? [value] : value.parts
  const codes = parts.filter((part) => typeof part !== 'string')
  if (codes.length > COUNT || parts.some((part) => typeof part === 'string' && part.search(SIGNS) >= 0))
    return mixed(parts.map((part) => (typeof part === 'string' ? change(part) : part)))
  let count = 0
  const text = parts.map((part) => (typeof part === 'string' ? part : String.fromCharCode(FIRST + count++)))
  return restored(change(text.join('')), codes)
}

function restored(value: Value, codes: readonly Code[]): Value {
  if (codes.length === 0 || (typeof value !== 'string' && !isKind(value, 'mixed'))) return value
  const parts = typeof value === 'string' ? [value] : value.parts
  return mixed(
    parts.flatMap((part): Value[] =>
      typeof part === 'string'
        ? part.split(/([\uE000-\uF8FF])/).map((own) => codes[own.charCodeAt(0) - FIRST] ?? own)
        : [part],
    ),
  )
}

/** Replaces what is between signs, and leaves those; so little as a separator or a prefix stays. */
export const inPieces =
  (change: Change): Change =>
  (value, name) => {
    if (typeof value !== 'string' || value.search(SIGNS) < 0) return change(value, name)
    const pieces = value.split(/([\uE000-\uF8FF])/)
    return mixed(
      pieces.map((piece, index) => (index % 2 === 1 || piece.length < LEAST ? piece : change(piece, name))),
    )
  }

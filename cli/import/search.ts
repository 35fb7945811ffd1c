import { escapeRegExp } from '../../config/escapeRegExp.ts'
import { isWord } from './secrets/isWord.ts'
import type { Literal, Mixed } from './recording.ts'

/** Shorter secrets are part of many texts that have nothing to do with them. */
const SHORTEST = 4

/** Finds secrets in texts. */
export interface Search {
  /** A text with variables in the place of its secrets. */
  divide: (text: string) => Literal
  /** A text with `…` in the place of its secrets, for what is shown. */
  hide: (text: string) => string
}

/** Searches for secrets, as they are and as they are in addresses; each has a variable. */
export function searchFor(variables: ReadonlyMap<string, string>): Search {
  const known = new Map<string, string>()
  for (const [value, variable] of variables)
    for (const form of [value, encodeURIComponent(value.replace(/\p{Cs}/gu, ''))])
      if (form.length >= SHORTEST) known.set(form, variable)
  if (known.size === 0) return { divide: (text) => text, hide: withoutUser }
  // The longest first: one may begin as another.
  const forms = [...known.keys()].toSorted((a, b) => b.length - a.length)
  const pattern = new RegExp(`(${forms.map(alone).join('|')})`, 'gu')
  return {
    divide(text) {
      const pieces = text.split(pattern)
      if (pieces.length === 1) return text
      // Every other piece is a secret.
      const parts = pieces.flatMap((piece, index): Mixed['parts'] => {
        const secret = index % 2 === 1 ? known.get(piece) : undefined
        if (secret !== undefined) return [{ secret }]
        return piece === '' ? [] : [piece]
      })
      return { type: 'mixed', parts }
    },
    hide: (text) => withoutUser(text.replace(pattern, '…')),
  }
}

/** A word that people use is a secret only where it stands alone, and is no part of an address. */
const alone = (form: string): string =>
  isWord(form) ? `(?<![\\p{L}\\p{N}_/])${escapeRegExp(form)}(?![\\p{L}\\p{N}_])` : escapeRegExp(form)

const withoutUser = (text: string): string => text.replace(/:\/\/[^/?#\s@]*@/g, '://')

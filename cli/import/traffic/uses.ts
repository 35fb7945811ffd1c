import { percentDecoded } from '../percent.ts'
import { mapDraft, type Draft, type Where } from './draft.ts'
import { strengthOf, TOKEN_NAME } from './strength.ts'
import { singular } from './template.ts'

/** A value that a request sends. */
export interface Use {
  /** Which request, from 0. */
  at: number
  where: Where
  /** The name that it stands at: of a parameter, a field, a header, the part of the path before it. */
  name: string
}

/** Names of what a person types, wherever else it is seen. */
const TYPED = /pass(?:word|wd|phrase)|^pwd$|search|^q$|query/i

/** What requests send, by the value, in the order of their first use; what any two may share by chance is left out. */
export function usesOf(drafts: readonly Draft[]): Map<string, Use[]> {
  const uses = new Map<string, Use[]>()
  const add = (value: string, use: Use): void => {
    if (strengthOf(value, use.name) < 0 || TYPED.test(use.name)) return
    const list = uses.get(value)
    if (list === undefined) uses.set(value, [use])
    else list.push(use)
  }
  drafts.forEach((draft, at) => {
    mapDraft(draft, (where) => (value, name) => {
      const text = where === 'path' ? percentDecoded(String(value)) : String(value)
      const own = where === 'path' ? idName(name) : name
      add(text, { at, where, name: own })
      for (const part of partsOf(text)) add(part, { at, where, name: own })
      return value
    })
  })
  return uses
}

/** What stands in a path is an id, whatever is in front of it. */
export const idName = (name: string): string => (TOKEN_NAME.test(name) ? 'id' : `${singular(name)}Id`)

/** Parts of a text that may be values of their own: of `gid://cart/8f3c2a91`, the id. */
export const partsOf = (text: string): string[] =>
  [...new Set(text.match(/[\w~+-]{8,}/g) ?? [])].filter((part) => part !== text && /\d/.test(part))

import { firstFree } from '../../project/index.ts'
import { variableName } from '../write/variableName.ts'

/** Gives each thing of a journey a name of its own. */
export interface Names {
  /** A name of the language that nobody has yet, for a name in words. */
  give: (words: string, suffix?: string) => string
}

/** Names that nobody has: neither one of `others` nor one that was given before; `taken` has both. */
export function freeNames(others: ReadonlySet<string> = new Set()): Names & { taken: ReadonlySet<string> } {
  const taken = new Set(others)
  return {
    taken,
    give(words, suffix = 'Value') {
      const name = variableName(spoken(words).slice(0, 40), suffix)
      const own = firstFree(others.has(name) ? `${name}${suffix}` : name, (one) => taken.has(one))
      taken.add(own)
      return own
    },
  }
}

/** Words of a name; one in capitals alone is a word. */
const spoken = (name: string): string =>
  /[a-z]/.test(name) ? name.replace(/([a-z\d])([A-Z])/g, '$1 $2') : name.toLowerCase()

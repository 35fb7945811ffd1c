import { firstFree } from '../../project/index.ts'
import { variableName } from '../write/variableName.ts'

/** A name of the language that nobody has yet, for a name in words; `suffix` is what one gets that files use for something else. */
export function freeName(words: string, taken: Set<string>, suffix = 'Value'): string {
  const own = firstFree(variableName(words, suffix), (name) => taken.has(name))
  taken.add(own)
  return own
}

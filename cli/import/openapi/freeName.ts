import { variableName } from '../write/variableName.ts'

/** A name of the language that nobody has yet, for a name in words; `suffix` is what one gets that files use for something else. */
export function freeName(words: string, taken: Set<string>, suffix = 'Value'): string {
  const name = variableName(words, suffix)
  let own = name
  for (let count = 2; taken.has(own); count++) own = `${name}${count}`
  taken.add(own)
  return own
}

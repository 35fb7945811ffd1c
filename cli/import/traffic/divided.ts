import type { Search } from '../search.ts'
import { mixed, type Code, type Value } from './value.ts'

/** A text with what reads its variable in the place of each secret in it. */
export function divided(search: Search, text: string, read: (variable: string) => Code): Value {
  const found = search.divide(text)
  if (typeof found !== 'object' || found === null || !('parts' in found)) return text
  return mixed(found.parts.map((part) => (typeof part === 'string' ? part : read(part.secret))))
}

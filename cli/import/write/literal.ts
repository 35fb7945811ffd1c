import { keyText, quoted, templateText } from '../../project/index.ts'
import { isFields, isMixed, isPattern } from '../literals.ts'
import type { Literal } from '../recording.ts'

/** A value as TypeScript. */
export function literalText(value: Literal): string {
  if (typeof value === 'string') return quoted(value)
  if (isMixed(value)) return mixedText(value.parts)
  if (isPattern(value)) return `/${value.source}/${value.flags.replace(/[^gimsuy]/g, '')}`
  if (isFields(value)) {
    const fields = value.fields.map(([name, own]) => `${keyText(name)}: ${literalText(own)}`)
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
  }
  if (Array.isArray(value)) return `[${(value as readonly Literal[]).map(literalText).join(', ')}]`
  return JSON.stringify(value)
}

/** A text in which secrets are read when it runs. */
function mixedText(parts: readonly (string | { secret: string })[]): string {
  const read = parts.map((part) => (typeof part === 'string' ? part : { code: `secret('${part.secret}')` }))
  const [only] = read
  return read.length === 1 && typeof only === 'object' ? only.code : templateText(read)
}

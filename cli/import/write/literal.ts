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

/** A text in the quotes that need fewer escapes. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  return quote + escaped(text).replaceAll(quote, `\\${quote}`) + quote
}

/** A key of an object. */
export const keyText = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name))

/** A text in which secrets are read when it runs. */
function mixedText(parts: readonly (string | { secret: string })[]): string {
  const [only] = parts
  if (parts.length === 1 && typeof only === 'object') return `secret('${only.secret}')`
  const inside = parts.map((part) =>
    typeof part === 'string'
      ? escaped(part).replaceAll('`', '\\`').replaceAll('${', '\\${')
      : `\${secret('${part.secret}')}`,
  )
  return `\`${inside.join('')}\``
}

/** Characters that end a line, cannot be seen, or change the order of what is read. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A text between quotes: what ends a line, or cannot be seen, is written as an escape. */
export const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replace(
      UNSEEN,
      (character) =>
        SHORT[character] ??
        Array.from(
          { length: character.length },
          (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
        ).join(''),
    )

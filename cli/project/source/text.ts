/** A text in the quotes that need fewer escapes. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  return quote + escaped(text).replaceAll(quote, `\\${quote}`) + quote
}

/** A key of an object. `__proto__` as it is would be another thing. */
export const keyText = (name: string): string => {
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)
}

/** A text with expressions in it. */
export const templateText = (parts: readonly (string | { code: string })[]): string =>
  `\`${parts.map((part) => (typeof part === 'string' ? inTemplate(part) : `\${${part.code}}`)).join('')}\``

const inTemplate = (text: string): string => escaped(text).replaceAll('`', '\\`').replaceAll('${', '\\${')

/** Characters that end a line, cannot be seen, or change the order of what is read. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (text: string): string =>
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

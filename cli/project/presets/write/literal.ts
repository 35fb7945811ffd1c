import { keyText, quoted, templateText } from '../../source/text.ts'
import { WIDTH } from '../../source/width.ts'
import { partsOf } from '../variables.ts'

/** A TypeScript expression, where a value has one in its place. */
export class Code {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A value as TypeScript, from a column on a line at a depth: on that line if it fits, else a property or an item a line. */
export function literal(value: unknown, depth: number, column = 0): string {
  const one = inline(value)
  if (
    column + depth * 2 + one.length <= WIDTH ||
    typeof value !== 'object' ||
    value === null ||
    value instanceof Code
  )
    return one
  const pad = '  '.repeat(depth)
  const items = Array.isArray(value)
    ? value.map((item) => literal(item, depth + 1))
    : Object.entries(value).map(
        ([key, item]) => `${keyText(key)}: ${literal(item, depth + 1, keyText(key).length + 2)}`,
      )
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open ?? ''}\n${items.map((item) => `${pad}  ${item},\n`).join('')}${pad}${close ?? ''}`
}

function inline(value: unknown): string {
  if (value instanceof Code) return value.text
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, item]) => `${keyText(key)}: ${inline(item)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

/** A value with each `${NAME}` in its texts as the constant NAME. */
export function withVariables(value: unknown): unknown {
  if (typeof value === 'string') return variableText(value)
  if (Array.isArray(value)) return value.map(withVariables)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withVariables(item)]))
}

function variableText(text: string): string | Code {
  const parts = partsOf(text)
  if (parts.every((part) => typeof part === 'string')) return parts.join('')
  const read = parts.map((part) => (typeof part === 'string' ? part : { code: part.variable }))
  const [only] = read
  return new Code(read.length === 1 && typeof only === 'object' ? only.code : templateText(read))
}

import { isKind, mixed, type Change, type Code, type Value } from './value.ts'

/** A text of JSON, or the number of one. */
const TOKEN = /("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)/s

/** Whether each number of JSON is written as JavaScript writes it: `1.10`, `1e400` and very long ones are not. */
export const hasExactNumbers = (json: string): boolean =>
  json.split(TOKEN).every((part, index) => index % 2 === 0 || part.startsWith('"') || isExact(part))

const isExact = (number: string): boolean => JSON.stringify(Number(number)) === number

/** JSON that stays a text, with each text and number in it replaced by the name of its field. */
export function mapJsonText(value: Value, change: Change): Value {
  if (isKind(value, 'mixed')) return mixed(value.parts.map((part) => mapJsonText(part, change)))
  if (typeof value !== 'string') return value
  const parts = value.split(TOKEN)
  let name = ''
  return mixed(
    parts.map((part, index): Value => {
      if (index % 2 === 0) return part
      if (part.startsWith('"')) {
        const text = unquoted(part)
        if (text === undefined) return part
        if (/^\s*:/.test(parts[index + 1] ?? '')) {
          name = text
          return part
        }
        return quotedAgain(part, text, change(text, name))
      }
      return isExact(part) ? numberAgain(part, change(Number(part), name)) : part
    }),
  )
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string
  } catch {
    return undefined
  }
}

/** What replaces a text of JSON: an expression is written as JSON when it is sent. */
function quotedAgain(source: string, text: string, value: Value): Value {
  if (value === text) return source
  if (isKind(value, 'code')) return stringified(value)
  if (!isKind(value, 'mixed')) return JSON.stringify(value)
  return mixed([
    '"',
    ...value.parts.map((part): Value =>
      typeof part === 'string'
        ? JSON.stringify(part).slice(1, -1)
        : { type: 'code', text: `${stringified(part).text}.slice(1, -1)` },
    ),
    '"',
  ])
}

const numberAgain = (source: string, value: Value): Value => (isKind(value, 'code') ? value : source)
const stringified = ({ text }: Code): Code => ({ type: 'code', text: `JSON.stringify(${text})` })

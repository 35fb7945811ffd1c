import { isCalling, isValueOf } from '../../../config/namedIn.ts'
import { isKind, mixed, type Change, type Code, type Value } from './value.ts'

/** A text of JSON, or the number of one. */
const TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*)/s

/** Whether each number of JSON is written as JavaScript writes it: `1.10`, `1e400` and very long ones are not. */
export const hasExactNumbers = (json: string): boolean =>
  json.split(TOKEN).every((part, index) => index % 2 === 0 || part.startsWith('"') || isExact(part))

const isExact = (number: string): boolean => JSON.stringify(Number(number)) === number

/** JSON that stays a text, with each text and number in it replaced by the name of its field; `name` is that of the whole. */
export function mapJsonText(json: string, name: string, change: Change): Value {
  const parts = json.split(TOKEN)
  const names = namesOf(name)
  return mixed(
    parts.map((part, index): Value => {
      if (index % 2 === 0) return part
      if (!part.startsWith('"'))
        return isExact(part) ? numberAgain(part, change(Number(part), names.last())) : part
      const text = unquoted(part)
      if (text === undefined) return part
      if (/^\s*:/.test(parts[index + 1] ?? '')) {
        names.field(text)
        return part
      }
      return quotedAgain(part, text, change(text, names.of(text)))
    }),
  )
}

/** Names of values, in the order of a text: of `"name": "token", "value": "…"` the second is called `token`. */
function namesOf(whole: string) {
  let last = whole
  let called = ''
  return {
    field(name: string): void {
      last = name
    },
    last: (): string => (isValueOf(last) && called !== '' ? called : last),
    of(text: string): string {
      const own = this.last()
      called = isCalling(last) ? text : isValueOf(last) ? '' : called
      return own
    },
  }
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string
  } catch {
    return undefined
  }
}

/** What replaces a text of JSON, which has its quotes in `source`: an expression is written as JSON when it is sent. */
export function quotedAgain(source: string, text: string, value: Value): Value {
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

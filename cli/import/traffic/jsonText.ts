import { calledName, type NamedField } from '../../../config/called.ts'
import { parseJson } from '../../base/index.ts'
import { itemName } from '../secrets/logIn.ts'
import { isKeyValue } from '../secrets/isKeyValue.ts'
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
  const names = namesIn(parts, name)
  return mixed(
    parts.map((part, index): Value => {
      if (index % 2 === 0) return part
      const own = names.get(index) ?? ''
      if (!part.startsWith('"')) return changedNumber(part, own, change)
      const text = unquoted(part)
      if (text === undefined) return part
      if (isField(parts, index)) return isKeyValue(text) ? quotedAgain(part, text, change(text, '')) : part
      return quotedAgain(part, text, change(text, own))
    }),
  )
}

const isField = (parts: readonly string[], index: number): boolean => /^\s*:/.test(parts[index + 1] ?? '')

/** An object or a list that is being read, with its fields by where their values are. */
interface Open {
  whole: string
  field: string
  fields: NamedField[]
  at: number[]
  isList: boolean
}

/** The name of each value, by where it is. */
function namesIn(parts: readonly string[], whole: string): Map<number, string> {
  const names = new Map<number, string>()
  const open: Open[] = [{ whole, field: whole, fields: [], at: [], isList: true }]
  parts.forEach((part, index) => {
    const last = open.at(-1)
    if (last === undefined) return
    if (index % 2 === 1) {
      const text = part.startsWith('"') ? unquoted(part) : undefined
      if (isField(parts, index)) last.field = text ?? ''
      else {
        last.fields.push({ name: last.field, text })
        last.at.push(index)
      }
      return
    }
    for (const sign of part)
      if (sign === '{' || sign === '[') {
        const { field } = open.at(-1) ?? last
        open.push({ whole: field, field, fields: [], at: [], isList: sign === '[' })
      } else if ((sign === '}' || sign === ']') && open.length > 1) nameAll(open.pop(), names)
  })
  for (const one of open) nameAll(one, names)
  return names
}

function nameAll(open: Open | undefined, names: Map<number, string>): void {
  if (open === undefined) return
  const { fields, at: places, whole, isList } = open
  const texts = fields.map(({ text }) => text)
  places.forEach((at, index) => {
    const item = isList ? itemName(texts, index) : undefined
    names.set(at, item ?? calledName(fields, index, whole))
  })
}

const unquoted = (text: string): string | undefined => parseJson(text) as string | undefined

/** A number that JavaScript would write in another way is a text to what changes it. */
export function changedNumber(source: string, name: string, change: Change): Value {
  const value = change(isExact(source) ? Number(source) : source, name)
  return isKind(value, 'code') || isKind(value, 'mixed') ? value : source
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

const stringified = ({ text }: Code): Code => ({ type: 'code', text: `JSON.stringify(${text})` })

import { freeName } from '../freeName.ts'
import type { Plan, Planned, PlannedParameter } from '../plan.ts'
import { own } from '../read/place.ts'
import { conforms } from '../types/conforms.ts'
import { valueWords } from './valueWords.ts'

/** Values that the document does not tell: a column for each, and a row to be changed. */
export interface Pool {
  /** What gives a parameter a column, and its value as source; undefined where no text could be one. */
  value: (operation: Planned, parameter: PlannedParameter) => (() => string) | undefined
  /** The value of each column. */
  columns: ReadonlyMap<string, string>
}

/** A pool without columns; none has a name that is `taken`. */
export function poolOf(plan: Plan, taken: Set<string>): Pool {
  const columns = new Map<string, string>()
  const known = new Map<string, string>()
  const columnOf = (operation: Planned, parameter: PlannedParameter): string => {
    const words = valueWords(operation, parameter)
    const value = sampleOf(plan.documents.follow(parameter.schema).value)
    const before = known.get(`${words} ${value}`)
    if (before !== undefined) return before
    const column = freeName(words, taken)
    columns.set(column, value)
    known.set(`${words} ${value}`, column)
    return column
  }
  return {
    columns,
    value(operation, parameter) {
      const { shape, type, json } = parameter
      if (json || shape === 'object') return undefined
      const one = type.kind === 'array' ? type.of : type
      const kind = ['text', 1, true].find((value) => conforms(value, one, plan.named))
      if (kind === undefined) return undefined
      return () => {
        const column = columnOf(operation, parameter)
        const text = kind === 'text' ? column : kind === 1 ? `Number(${column})` : `${column} === 'true'`
        return shape === 'list' ? `[${text}]` : text
      }
    },
  }
}

const FORMATS: ReadonlyMap<unknown, string> = new Map([
  ['uuid', '00000000-0000-4000-8000-000000000001'],
  ['date', '2026-01-01'],
  ['date-time', '2026-01-01T00:00:00Z'],
  ['email', 'ada@example.com'],
])

/** A value that a schema allows; whether the target has it nobody knows. */
function sampleOf(schema: unknown): string {
  const minimum = own(schema, 'minimum')
  const format = FORMATS.get(own(schema, 'format'))
  return (
    format ??
    (typeof minimum === 'number' ? String(minimum) : own(schema, 'type') === 'boolean' ? 'true' : '1')
  )
}

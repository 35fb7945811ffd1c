import { isRecord } from '../../../../config/problem/keys.ts'
import { quoted } from '../../../project/index.ts'
import type { Declaration, FieldType, Type } from './type.ts'

/** Whether a value written into the source would be of a type, as the compiler sees it: a field too many is a mistake. */
export function conforms(value: unknown, type: Type, named: ReadonlyMap<string, Declaration>): boolean {
  return fits(value, type, named, true) && JSON.stringify(value).length <= MAX_CHARACTERS
}

/** Longer examples are of no use in the source. */
const MAX_CHARACTERS = 10_000

type Named = ReadonlyMap<string, Declaration>

function fits(value: unknown, type: Type, named: Named, strict: boolean): boolean {
  switch (type.kind) {
    case 'raw':
      return fitsRaw(value, type.text, named, strict)
    case 'array':
      return Array.isArray(value) && value.every((item) => fits(item, type.of, named, strict))
    case 'union':
      return type.of.some((one) => fits(value, one, named, strict))
    case 'both': {
      const known = type.of.map((one) => fieldsIn(one, named))
      return (
        type.of.every((one) => fits(value, one, named, false)) &&
        (!strict ||
          known.includes(undefined) ||
          !isRecord(value) ||
          Object.keys(value).every((key) => known.some((fields) => fields?.some(({ name }) => name === key))))
      )
    }
    case 'object': {
      if (!isRecord(value)) return false
      const fields = new Map(type.fields.map((field) => [field.name, field]))
      const { index } = type
      return (
        type.fields.every(({ name, optional }) => optional || Object.hasOwn(value, name)) &&
        Object.entries(value).every(([name, item]) => {
          const field = fields.get(name)
          if (field !== undefined) return fits(item, field.type, named, strict)
          return index === undefined ? !strict : fits(item, index, named, strict)
        })
      )
    }
  }
}

function fitsRaw(value: unknown, text: string, named: Named, strict: boolean): boolean {
  const declaration = named.get(text)
  if (declaration !== undefined) return fits(value, declaration.type, named, strict)
  if (text === 'unknown') return true
  const [, base, without] = /^Omit<(\w+), (.+)>$/.exec(text) ?? []
  if (base !== undefined && without !== undefined) {
    const left = without.split(' | ')
    const fields = fieldsIn({ kind: 'raw', text: base }, named)?.filter(
      ({ name }) => !left.includes(quoted(name)),
    )
    return fields !== undefined && fits(value, { kind: 'object', fields }, named, strict)
  }
  if (['string', 'number', 'boolean'].includes(text)) return typeof value === text
  if (text === 'null') return value === null
  return typeof value === 'string' ? quoted(value) === text : JSON.stringify(value) === text
}

/** The fields that a type has; undefined where it may have others. */
function fieldsIn(type: Type, named: Named): readonly FieldType[] | undefined {
  if (type.kind === 'raw') {
    const declaration = named.get(type.text)
    return declaration && fieldsIn(declaration.type, named)
  }
  if (type.kind === 'object') return type.index === undefined ? type.fields : undefined
  if (type.kind !== 'both') return undefined
  const all = type.of.map((one) => fieldsIn(one, named))
  return all.includes(undefined) ? undefined : all.flatMap((fields) => fields ?? [])
}

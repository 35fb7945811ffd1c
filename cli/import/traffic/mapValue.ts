import { calledName } from '../../../config/called.ts'
import { isPersonal } from '../secrets/isHidden.ts'
import { isKeyValue } from '../secrets/isKeyValue.ts'
import { mapText } from './textValue.ts'
import { isKind, type Change, type Key, type Value } from './value.ts'

/** A value with each text and number in it replaced, by the name that it stands at; texts between expressions are texts, too. */
export function mapValue(value: Value, name: string, change: Change): Value {
  if (typeof value === 'string' || isKind(value, 'mixed')) return mapText(value, name, change)
  if (typeof value === 'number') return change(value, name)
  if (isKind(value, 'fields')) return { type: 'fields', fields: mapFields(value.fields, change, name) }
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => mapValue(one, name, change))
  return value
}

/** Fields that stand beside each other in what is called `whole`, with each value replaced, and names that are values. */
export function mapFields(
  fields: readonly (readonly [name: Key, value: Value])[],
  change: Change,
  whole = '',
): (readonly [name: Key, value: Value])[] {
  const beside = fields.map(([name, value]) => ({
    name: typeof name === 'string' ? name : '',
    text: typeof value === 'string' ? value : undefined,
  }))
  return fields.map(([name, value], index) => [
    mapKey(name, change),
    mapValue(value, calledName(beside, index, whole), change),
  ])
}

/** The name of a field, replaced where it is a value itself. */
export function mapKey(name: Key, change: Change): Key {
  if (typeof name !== 'string' || !isKeyValue(name)) return name
  const own = change(name, isPersonal(name) ? 'email' : '')
  return isKind(own, 'code') || isKind(own, 'mixed') ? own : name
}

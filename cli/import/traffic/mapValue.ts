import { isCalling, isValueOf } from '../../../config/namedIn.ts'
import { mapText } from './textValue.ts'
import { isKind, type Change, type Fields, type Value } from './value.ts'

/** A value with each text and number in it replaced, by the name that it stands at; texts between expressions are texts, too. */
export function mapValue(value: Value, name: string, change: Change): Value {
  if (typeof value === 'string' || isKind(value, 'mixed')) return mapText(value, name, change)
  if (typeof value === 'number') return change(value, name)
  if (isKind(value, 'fields')) {
    const called = calledIn(value)
    return {
      type: 'fields',
      fields: value.fields.map(([own, one]) => [
        own,
        mapValue(one, isValueOf(own) ? (called ?? own) : own, change),
      ]),
    }
  }
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => mapValue(one, name, change))
  return value
}

/** Of `{ name: 'token', value: '…' }` what the value is called. */
function calledIn({ fields }: Fields): string | undefined {
  const own = fields.find(([name]) => isCalling(name))?.[1]
  return typeof own === 'string' ? own : undefined
}

import { isRecord } from '../../config/problem/keys.ts'

/**
 * What a part of a file must be: a kind, one of several texts, a list, an object whose values are alike by any name, or an
 * object; a key with `?` may be left out.
 */
export type Form =
  | 'text'
  | 'number'
  | 'flag'
  | 'object'
  | 'scalars'
  | { oneOf: readonly (string | number)[] }
  | { list: Form }
  | { each: Form }
  | { keys: Readonly<Record<string, Form>> }

/** Why a value has not a form, where in it; undefined where it has. */
export const formDamage = (value: unknown, form: Form): string | undefined => wrong(value, form, '')

function wrong(value: unknown, form: Form, where: string): string | undefined {
  const at = where === '' ? 'it' : where
  if (form === 'text') return typeof value === 'string' ? undefined : `${at} is no text`
  if (form === 'number') return Number.isFinite(value) ? undefined : `${at} is no number`
  if (form === 'flag') return typeof value === 'boolean' ? undefined : `${at} is neither true nor false`
  if (form === 'scalars')
    return isRecord(value) && Object.values(value).every((one) => one === null || typeof one !== 'object')
      ? undefined
      : `${at} is no list of values by name`
  if (form === 'object') return isRecord(value) ? undefined : `${at} is no object`
  if ('oneOf' in form)
    return (form.oneOf as readonly unknown[]).includes(value)
      ? undefined
      : `${at} is none of ${form.oneOf.join(', ')}`
  if ('list' in form)
    return Array.isArray(value)
      ? first(value.map((item, index) => wrong(item, form.list, `${where}[${index}]`)))
      : `${at} is no list`
  if (!isRecord(value)) return `${at} is no object`
  const within = (key: string): string => (where === '' ? key : `${where}.${key}`)
  if ('each' in form)
    return first(Object.entries(value).map(([key, one]) => wrong(one, form.each, within(key))))
  return first(
    Object.entries(form.keys).map(([key, part]) => {
      const name = key.replace(/\?$/, '')
      if (name !== key && value[name] === undefined) return undefined
      return wrong(value[name], part, within(name))
    }),
  )
}

const first = (found: readonly (string | undefined)[]): string | undefined =>
  found.find((one) => one !== undefined)

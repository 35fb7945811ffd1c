import { isRecord } from '../../../../config/problem/keys.ts'

/** A value of a document, and where it is. */
export interface Place {
  /** The file, by its path from the folder of the first. */
  file: string
  /** The keys that lead to it. */
  path: readonly string[]
  value: unknown
}

/** What an object has at a key of its own; undefined where it has none, or is no object. */
export const own = (value: unknown, key: string): unknown =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined

/** The value at a key of a place. */
export const child = ({ file, path, value }: Place, key: string): Place => ({
  file,
  path: [...path, key],
  value: Array.isArray(value) ? (value as unknown[])[Number(key)] : own(value, key),
})

/** The values of a list, or of an object by their keys. */
export const children = (place: Place): Place[] =>
  Array.isArray(place.value)
    ? place.value.map((_, index) => child(place, String(index)))
    : Object.keys(isRecord(place.value) ? place.value : {}).map((key) => child(place, key))

/** The last key that leads to a place. */
export const keyOf = ({ path }: Place): string => path.at(-1) ?? ''

/** The text that an object has at a key, on one line; undefined where it has none. */
export function textAt(value: unknown, key: string): string | undefined {
  const text = own(value, key)
  return typeof text === 'string' && text.trim() !== '' ? text.replace(/\s+/g, ' ').trim() : undefined
}

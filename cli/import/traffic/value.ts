/** A value that is written into the source. */
export type Value = string | number | boolean | null | Code | Mixed | Fields | readonly Value[]

/** An expression of the source. */
export interface Code {
  type: 'code'
  text: string
}

/** A text with expressions in it. */
export interface Mixed {
  type: 'mixed'
  parts: readonly (string | Code)[]
}

/** The name of a field; an expression where the name is a value itself. */
export type Key = string | Code | Mixed

/** An object. */
export interface Fields {
  type: 'fields'
  fields: readonly (readonly [name: Key, value: Value])[]
}

export const code = (text: string): Code => ({ type: 'code', text })

/** Whether a value is of one of the kinds that are objects here. */
export const isKind = <K extends 'code' | 'mixed' | 'fields'>(
  value: Value | undefined,
  kind: K,
): value is Extract<Value, { type: K }> =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === kind

/** A value of JSON as one of the source. */
export function valueOf(json: unknown): Value {
  if (Array.isArray(json)) return json.map(valueOf)
  if (typeof json === 'object' && json !== null)
    return { type: 'fields', fields: Object.entries(json).map(([name, own]) => [name, valueOf(own)]) }
  return json as string | number | boolean | null
}

/** What replaces a text or a number, by the name that it stands at. */
export type Change = (value: string | number, name: string) => Value

/** Parts as one value: a text where all of them are. */
export function mixed(parts: readonly Value[]): Value {
  const flat = parts.flatMap((part): (string | Code)[] => {
    if (isKind(part, 'mixed')) return [...part.parts]
    if (isKind(part, 'code')) return [part]
    if (part === '') return []
    return [typeof part === 'string' ? part : JSON.stringify(part)]
  })
  const joined: (string | Code)[] = []
  for (const part of flat) {
    const before = joined.at(-1)
    if (typeof part === 'string' && typeof before === 'string') joined[joined.length - 1] = before + part
    else joined.push(part)
  }
  return joined.every((part) => typeof part === 'string') ? joined.join('') : { type: 'mixed', parts: joined }
}

/** Whether nothing in a value depends on the run. */
export function isPlain(value: Value): boolean {
  if (isKind(value, 'code') || isKind(value, 'mixed')) return false
  if (isKind(value, 'fields')) return value.fields.every((pair) => pair.every(isPlain))
  return !Array.isArray(value) || (value as readonly Value[]).every(isPlain)
}

/** A type of TypeScript. */
export type Type = Raw | ObjectType | ArrayType | Union | Both

/** A type that is written as it is: `string`, `'paid'`, `Pet`. */
export interface Raw {
  kind: 'raw'
  text: string
}

/** An object by its fields. */
export interface ObjectType {
  kind: 'object'
  fields: readonly FieldType[]
  /** The type of any further field. */
  index?: Type
}

/** A field of an object. */
export interface FieldType {
  name: string
  type: Type
  optional: boolean
}

interface ArrayType {
  kind: 'array'
  of: Type
}

/** One of several types. */
export interface Union {
  kind: 'union'
  of: readonly Type[]
}

/** All of several types at once; at most one of them is an object, the last. */
export interface Both {
  kind: 'both'
  of: readonly Type[]
}

/** A type that has a name. */
export interface Declaration {
  name: string
  about: string | undefined
  type: Type
}

export const raw = (text: string): Raw => ({ kind: 'raw', text })
export const UNKNOWN = raw('unknown')
export const NULL = raw('null')

/** One of several types: each once; the type itself where it is only one. */
export function union(types: readonly Type[]): Type {
  const all = types.flatMap((type) => (type.kind === 'union' ? type.of : [type]))
  if (all.some((type) => type.kind === 'raw' && type.text === 'unknown')) return UNKNOWN
  const keys = all.map((type) => JSON.stringify(type))
  const of = all.filter((_, index) => keys.indexOf(keys[index] ?? '') === index)
  const [only] = of
  return of.length === 1 && only !== undefined ? only : of.length === 0 ? UNKNOWN : { kind: 'union', of }
}

/** All of several types at once: their objects are one. */
export function both(types: readonly Type[]): Type {
  const all = types
    .flatMap((type) => (type.kind === 'both' ? type.of : [type]))
    .filter((type) => type !== UNKNOWN)
  const objects = all.filter((type) => type.kind === 'object')
  const others = all.filter((type) => type.kind !== 'object')
  const fields = new Map(objects.flatMap((one) => one.fields.map((field) => [field.name, field] as const)))
  // An object without fields may have any; beside others it says nothing.
  const index = objects.find(
    (one) => one.index !== undefined && (one.fields.length > 0 || fields.size === 0),
  )?.index
  const merged: Type[] =
    objects.length === 0 || (fields.size === 0 && others.length > 0)
      ? []
      : [{ kind: 'object', fields: [...fields.values()], ...(index === undefined ? {} : { index }) }]
  const keys = others.map((type) => JSON.stringify(type))
  const of = [...others.filter((_, at) => keys.indexOf(keys[at] ?? '') === at), ...merged]
  const [only] = of
  return of.length === 1 && only !== undefined ? only : of.length === 0 ? UNKNOWN : { kind: 'both', of }
}

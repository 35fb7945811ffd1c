import { isRecord } from '../../../../config/problem/keys.ts'
import type { Documents } from './documents.ts'
import { child, children, keyOf, own, type Place } from './place.ts'

/** Longer values are of no use in the source. */
const MAX_CHARACTERS = 10_000
/** Schemas within schemas that are asked for their values. */
const MAX_DEPTH = 50

/**
 * Gives the values that a document has for a schema, the likeliest first: its example, its default, a value of its
 * list; of an object what its fields are known by. None where nothing is known of something that is needed.
 */
export function knownValuesOf(documents: Documents): (schema: Place) => readonly unknown[] {
  const known = new Map<string, readonly unknown[]>()

  const valuesOf = (schema: Place, depth: number): readonly unknown[] => {
    const at = documents.follow(schema)
    if (!isRecord(at.value) || depth > MAX_DEPTH) return []
    const key = `${at.file}#${at.path.join('/')}`
    const before = known.get(key)
    if (before !== undefined) return before
    // What a schema is made of may lead back to it.
    known.set(key, [])
    const values = [...saidOf(at.value), madeOf(at, at.value, depth + 1)].filter(
      (value) => value !== undefined,
    )
    known.set(key, values)
    return values
  }

  const madeOf = (schema: Place, value: Record<string, unknown>, depth: number): unknown => {
    const parts = children(child(schema, 'allOf'))
    const [choice] = ['oneOf', 'anyOf'].flatMap((key) => children(child(schema, key)))
    if (parts.length > 0) {
      const all = [...parts.map((part) => valuesOf(part, depth)[0]), objectOf(schema, depth)].filter(
        (one) => one !== undefined,
      )
      const objects = all.filter(isRecord)
      return objects.length === 0 ? all[0] : Object.fromEntries(objects.flatMap((one) => Object.entries(one)))
    }
    if (choice !== undefined) return valuesOf(choice, depth)[0]
    if (value.items === undefined) return objectOf(schema, depth)
    const [item] = valuesOf(child(schema, 'items'), depth)
    return item === undefined ? undefined : [item]
  }

  const objectOf = (schema: Place, depth: number): unknown => {
    const required = own(schema.value, 'required')
    const needed = new Set<unknown>(Array.isArray(required) ? required : [])
    const fields: [string, unknown][] = []
    for (const property of children(child(schema, 'properties'))) {
      if (own(documents.follow(property).value, 'readOnly') === true) continue
      const [value] = valuesOf(property, depth)
      if (value !== undefined) fields.push([keyOf(property), value])
      else if (needed.has(keyOf(property))) return undefined
    }
    const made = fields.length === 0 ? undefined : Object.fromEntries(fields)
    return made !== undefined && JSON.stringify(made).length > MAX_CHARACTERS ? undefined : made
  }

  return (schema) => valuesOf(schema, 0)
}

/** The values that a schema itself names. */
function saidOf(value: Record<string, unknown>): unknown[] {
  const [examples, listed] = [value.examples, value.enum].map((one): unknown[] =>
    Array.isArray(one) ? one : [],
  )
  return [value.example, ...(examples ?? []), value.default, value.const, listed?.[0]]
}

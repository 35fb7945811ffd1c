import { isRecord } from '../../../../config/problem/keys.ts'
import { quoted } from '../../../project/index.ts'
import type { Documents } from '../read/documents.ts'
import { child, children, keyOf, own, textAt, type Place } from '../read/place.ts'
import { isSecret } from '../../secrets/isSecret.ts'
import { isSecretName } from '../../secrets/secretName.ts'
import { withoutWords } from '../../secrets/secretWords.ts'
import { brokenLoops } from './loops.ts'
import { flatType } from './text.ts'
import { both, NULL, raw, union, UNKNOWN, type Declaration, type FieldType, type Type } from './type.ts'
import { pascal, typeNames } from './typeNames.ts'

/** Longer types within others have a name of their own (characters). */
const MAX_CHARACTERS = 60
/** Objects within objects that are written where they are. */
const MAX_NESTED = 2
/** Schemas within schemas that are read. */
const MAX_DEPTH = 100

/** The types of a document. */
export interface Types {
  /** The type of a schema, at a parameter of this name; what has to have a name of its own is called after `context`. */
  of: (schema: Place, context: string, name?: string) => Type
  /** A name that nobody has yet. */
  name: (words: string) => string
  /** Declares a type by a name that nobody has yet, and returns it by that name. */
  declare: (name: string, about: string | undefined, type: Type) => string
  /** What has a name, in the order in which it was met. */
  declarations: () => Declaration[]
}

/** Reads schemas as types: each that is referred to has the name that the document gives it. */
export function typesOf(documents: Documents): Types {
  const free = typeNames()
  const declared = new Map<string, Declaration>()
  const names = new Map<string, string>()
  const waiting: { name: string; place: Place }[] = []

  const declare: Types['declare'] = (words, about, type) => {
    const name = free(words)
    declared.set(name, { name, about, type })
    return name
  }

  /** The name of the schema that a reference leads to. */
  const named = (reference: Place): Type => {
    const next = documents.follow({ ...reference, value: { $ref: own(reference.value, '$ref') } })
    if (next.value === undefined) return UNKNOWN
    const key = `${next.file}#${next.path.join('/')}`
    let name = names.get(key)
    if (name === undefined) {
      const last = next.path.length > 0 ? keyOf(next) : pascal(next.file.replace(/^.*\/|\.\w+$/g, ''))
      name = declare(last, aboutOf(next.value) ?? textAt(next.value, 'title'), UNKNOWN)
      names.set(key, name)
      waiting.push({ name, place: next })
    }
    return raw(name)
  }

  /** A type within another: one that would be too long, or an object in a place for a name, has a name. */
  const inner = (schema: Place, context: string, depth: number, asName: boolean): Type => {
    const type = read(schema, context, depth + 1)
    const flat = flatType(type)
    const plain =
      flat === undefined ? !asName && isNested(type) && depth < MAX_NESTED : flat.length <= MAX_CHARACTERS
    return plain ? type : raw(declare(pascal(context), aboutOf(schema.value), type))
  }

  const read = (schema: Place, context: string, depth: number): Type => {
    const { value } = schema
    if (!isRecord(value) || depth > MAX_DEPTH) return UNKNOWN
    const { $ref: reference, ...rest } = value
    const parts: Type[] = typeof reference === 'string' ? [named(schema)] : []
    const plain = { ...schema, value: rest }
    for (const part of children(child(plain, 'allOf'))) parts.push(read(part, context, depth + 1))
    for (const key of ['oneOf', 'anyOf']) {
      const options = children(child(plain, key))
      if (options.length === 0) continue
      // Options that only say what is required are no types.
      const types = options.filter(({ value: one }) => !onlyRequires(one))
      parts.push(
        union(
          types.map((one, index) =>
            inner(one, `${context} ${textAt(one.value, 'title') ?? `option ${index + 1}`}`, depth, true),
          ),
        ),
      )
    }
    const own = ownType(plain, context, depth)
    if (own !== undefined) parts.push(own)
    const type = parts.length === 0 ? UNKNOWN : both(chosen(parts, context))
    return value.nullable === true ? nullable(type, context) : type
  }

  /** Unions among several parts have names: `A & (B | C)`. */
  const chosen = (parts: readonly Type[], context: string): readonly Type[] =>
    parts.length === 1
      ? parts
      : parts.map((part) =>
          part.kind === 'union' ? raw(declare(pascal(`${context} choice`), undefined, part)) : part,
        )

  const nullable = (type: Type, context: string): Type =>
    flatType(type) === undefined
      ? union([raw(declare(pascal(context), undefined, type)), NULL])
      : union([type, NULL])

  /** The type that a schema has by its own keys; undefined where they say nothing. */
  const ownType = (schema: Place, context: string, depth: number): Type | undefined => {
    const value = schema.value as Record<string, unknown>
    if ('const' in value) return literals([value.const], nameAt(schema))
    if (Array.isArray(value.enum)) return literals(value.enum, nameAt(schema))
    const given: unknown[] = Array.isArray(value.type) ? value.type : [value.type ?? impliedType(value)]
    const types = given
      .filter((one) => typeof one === 'string')
      .map((one) => ofKind(one, schema, context, depth))
    if (types.length === 0) return undefined
    if (types.length === 1) return types[0]
    return union(
      types.map((type) =>
        flatType(type) === undefined ? raw(declare(pascal(context), undefined, type)) : type,
      ),
    )
  }

  const ofKind = (kind: string, schema: Place, context: string, depth: number): Type => {
    switch (kind) {
      case 'string':
        return raw('string')
      case 'integer':
      case 'number':
        return raw('number')
      case 'boolean':
        return raw('boolean')
      case 'null':
        return NULL
      case 'array':
        return listType(schema, context, depth)
      case 'object':
        return objectType(schema, context, depth)
      default:
        return UNKNOWN
    }
  }

  /** A list; of one whose places differ, each place has any of their types. */
  const listType = (schema: Place, context: string, depth: number): Type => {
    const items = child(schema, 'items')
    const places = children(child(schema, 'prefixItems'))
    if (places.length === 0) return { kind: 'array', of: inner(items, `${context} item`, depth, false) }
    const all = [...places, ...(isRecord(items.value) ? [items] : [])]
    return { kind: 'array', of: union(all.map((one) => inner(one, `${context} item`, depth, true))) }
  }

  const objectType = (schema: Place, context: string, depth: number): Type => {
    const required = own(schema.value, 'required')
    const needed = new Set<unknown>(Array.isArray(required) ? required : [])
    const fields = children(child(schema, 'properties')).map((property): FieldType => {
      const name = keyOf(property)
      return { name, type: inner(property, `${context} ${name}`, depth, false), optional: !needed.has(name) }
    })
    const more = child(schema, 'additionalProperties')
    const pattern = children(child(schema, 'patternProperties'))
    if (fields.length === 0) {
      if (isRecord(more.value))
        return { kind: 'object', fields, index: inner(more, `${context} value`, depth, true) }
      const [first] = pattern
      const index =
        first === undefined || pattern.length > 1 ? UNKNOWN : inner(first, `${context} value`, depth, true)
      return { kind: 'object', fields, index }
    }
    const open = more.value === true || isRecord(more.value) || pattern.length > 0
    return { kind: 'object', fields, ...(open ? { index: UNKNOWN } : {}) }
  }

  return {
    of: (schema, context, name = '') => {
      const type = read(schema, context, 0)
      return isSecretName(name) && isOfLiterals(type) ? raw('string') : type
    },
    name: free,
    declare,
    declarations() {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { name, place } = next
        const known = declared.get(name)
        if (known !== undefined) declared.set(name, { ...known, type: read(place, name, 0) })
      }
      return brokenLoops([...declared.values()])
    },
  }
}

/** Whether an object is written where it is: itself, or as the items of a list. */
const isNested = (type: Type): boolean =>
  type.kind === 'object' || (type.kind === 'array' && isNested(type.of))

/** What a schema says of itself. */
const aboutOf = (value: unknown): string | undefined => {
  const text = textAt(value, 'description')
  return text && withoutWords('', text)
}

const onlyRequires = (value: unknown): boolean =>
  isRecord(value) && Object.keys(value).every((key) => key === 'required' || key === 'not')

/** What a schema is called: by its field, or by itself; not by its place in another. */
const nameAt = ({ path }: Place): string =>
  path.findLast(
    (key) => !/^(?:\d+|items|prefixItems|(?:all|any|one)Of|additionalProperties|schema)$/.test(key),
  ) ?? ''

const isOfLiterals = (type: Type): boolean =>
  type.kind === 'union' ? type.of.every(isOfLiterals) : type.kind === 'raw' && type.text.startsWith("'")

/** Values as a union, without secrets; unknown where one is no plain value. */
function literals(values: readonly unknown[], name: string): Type {
  if (values.some((value) => typeof value === 'string' && isSecret(name, value))) return raw('string')
  const plain = values.every(
    (value) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
  )
  return plain
    ? union(values.map((value) => raw(typeof value === 'string' ? quoted(value) : JSON.stringify(value))))
    : UNKNOWN
}

function impliedType(value: Record<string, unknown>): string | undefined {
  if (isRecord(value.properties) || value.additionalProperties !== undefined) return 'object'
  return value.items === undefined ? undefined : 'array'
}

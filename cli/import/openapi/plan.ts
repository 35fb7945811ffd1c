import { quoted } from '../../project/index.ts'
import type { Documents } from './read/documents.ts'
import { knownValuesOf } from './read/known.ts'
import { operationsOf, type Body, type Operation } from './read/operations.ts'
import type { Parameter } from './read/parameters.ts'
import { child, own, type Place } from './read/place.ts'
import { securityOf, type Scheme, type Security } from './read/security.ts'
import { serversOf, type Server } from './read/servers.ts'
import { fieldsOf, shapeOf, withoutNull, type Shape } from './types/shape.ts'
import { flatType } from './types/text.ts'
import { raw, union, type Declaration, type FieldType, type Type } from './types/type.ts'
import { pascal } from './types/typeNames.ts'
import { typesOf, type Types } from './types/types.ts'

/** A parameter with its type. */
export interface PlannedParameter extends Parameter {
  type: Type
  shape: Shape
}

/** A body with the type of what is sent. */
export interface PlannedBody extends Body {
  sent: Type
}

/** An operation with its types. */
export interface Planned extends Operation {
  parameters: readonly PlannedParameter[]
  body: PlannedBody | undefined
  /** The name of the type of what its function is given. */
  givenName: string
  /** What its function is given; nothing where there are no fields. */
  given: readonly FieldType[]
  /** The type of the JSON that it answers; undefined where it answers none. */
  answer: Type | undefined
  schemes: ReadonlyMap<string, Scheme>
  server: Server
}

/** A document as it is written. */
export interface Plan {
  documents: Documents
  operations: readonly Planned[]
  declarations: readonly Declaration[]
  named: ReadonlyMap<string, Declaration>
  known: (schema: Place) => readonly unknown[]
  security: Security
  servers: readonly Server[]
  /** Operations that read, by their paths. */
  lists: ReadonlyMap<string, Planned>
}

/** Names that the client module, or its suite, has for itself. */
export const OWN_NAMES =
  'queryOf present texts inParts deep encoding answer values firstOf hasType hasFields given search held'.split(
    ' ',
  )

/** Reads all of a document that is written. Throws UserError with each problem, if there is one. */
export function planOf(documents: Documents): Plan {
  const types = typesOf(documents)
  const servers = serversOf(child(documents.root, 'servers'))
  const security = securityOf(documents)
  const drafts = operationsOf(documents, OWN_NAMES).map((operation) => ({
    operation,
    parameters: operation.parameters.map((one) =>
      types.of(one.schema, `${operation.id} ${one.name}`, one.name),
    ),
    sent: operation.body && sentType(operation.id, operation.body, types, documents),
    answer: answerType(operation, types),
    givenName: types.name(pascal(`${operation.id} given`)),
  }))
  const declarations = types.declarations()
  const named = new Map(declarations.map((one) => [one.name, one]))
  const operations = drafts.map(({ operation, parameters: own, sent, answer, givenName }): Planned => {
    const parameters = operation.parameters.map((one, index) =>
      parameterOf(one, own[index] ?? raw('string'), named),
    )
    const body = operation.body &&
      sent && { ...operation.body, sent: bodyType(operation.body, sent, named, documents) }
    const [server = servers[0] ?? NOWHERE] =
      operation.servers === undefined ? [] : serversOf(operation.servers)
    return {
      ...operation,
      parameters,
      body,
      answer,
      givenName,
      given: givenOf(parameters, body),
      schemes: security.of(operation),
      server,
    }
  })
  documents.refuse()
  const lists = operations.filter(({ method }) => method === 'GET').map((one) => [one.path, one] as const)
  return {
    documents,
    operations,
    declarations,
    named,
    known: knownValuesOf(documents),
    security,
    servers,
    lists: new Map(lists),
  }
}

const NOWHERE: Server = { origin: undefined, path: '', user: false }

/** A parameter as it can be sent: what has no shape is written by whoever calls. */
function parameterOf(
  parameter: Parameter,
  type: Type,
  named: ReadonlyMap<string, Declaration>,
): PlannedParameter {
  const shape = shapeOf(type, named)
  if (parameter.json) return { ...parameter, type, shape }
  const asFields =
    shape === 'object' &&
    parameter.where === 'query' &&
    (parameter.style === 'deepObject' || parameter.explode)
  if (shape === 'other' || (shape === 'object' && !asFields))
    return { ...parameter, type: raw('string'), shape: 'plain' }
  return { ...parameter, type: withoutNull(type), shape }
}

/** The type of a body in words of the document: without what only answers have. */
function sentType(id: string, { schema, kind }: Body, types: Types, documents: Documents): Type {
  const plain = types.of(schema, `${id} body`)
  const type = kind === 'json' ? named(plain, `${id} body`, types) : plain
  const target = documents.follow(schema)
  const required = own(target.value, 'required')
  const needed: readonly unknown[] = Array.isArray(required) ? required : []
  const onlyRead = needed.filter(
    (name) =>
      typeof name === 'string' &&
      own(documents.follow(child(child(target, 'properties'), name)).value, 'readOnly') === true,
  )
  if (kind !== 'json' || onlyRead.length === 0 || type.kind !== 'raw') return type
  return raw(`Omit<${type.text}, ${onlyRead.map((name) => quoted(String(name))).join(' | ')}>`)
}

/** The type of a body as it is sent: a form has fields, of which some are files, and what is no JSON is a text or bytes. */
function bodyType(
  { kind, schema }: Body,
  type: Type,
  declared: ReadonlyMap<string, Declaration>,
  documents: Documents,
): Type {
  if (kind === 'json') return type
  if (kind === 'text') return raw('string | ArrayBuffer')
  const fields = fieldsOf(type, declared)
  if (fields.length === 0) return { kind: 'object', fields, index: raw('Plain') }
  const properties = child(documents.follow(schema), 'properties')
  const fileType = (name: string): Type | undefined => {
    const whole = child(properties, name)
    if (isFile(documents.follow(whole).value)) return FILE
    const items = documents.follow(child(documents.follow(whole), 'items'))
    return isFile(items.value) ? { kind: 'array', of: FILE } : undefined
  }
  if (kind === 'form' || !fields.some(({ name }) => fileType(name))) return type
  return {
    kind: 'object',
    fields: fields.map((field) => ({ ...field, type: fileType(field.name) ?? field.type })),
  }
}

const FILE = raw('FileData')
const isFile = (schema: unknown): boolean =>
  own(schema, 'format') === 'binary' || own(schema, 'contentMediaType') !== undefined

function answerType({ id, success, method }: Operation, types: Types): Type | undefined {
  if (method === 'HEAD') return undefined
  const json = success.contents.filter(({ kind }) => kind === 'json')
  if (json.length === 0) return undefined
  const all = json.map(({ schema }) => named(types.of(schema, `${id} answer`), `${id} answer`, types))
  return named(union(all), `${id} answer`, types)
}

/** A type that can stand in a line: one that cannot has a name. */
function named(type: Type, context: string, types: Types): Type {
  const flat = flatType(type)
  return flat !== undefined && flat.length <= 40 ? type : raw(types.declare(pascal(context), undefined, type))
}

const givenOf = (parameters: readonly PlannedParameter[], body: Planned['body']): FieldType[] => [
  ...parameters.map(({ key, type, required }) => ({ name: key, type, optional: !required })),
  ...(body === undefined
    ? []
    : [{ name: 'body', type: body.sent, optional: !body.required && body.kind === 'json' }]),
]

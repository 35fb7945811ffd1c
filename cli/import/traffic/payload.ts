import { operationIn } from '../../../config/operationIn.ts'
import { formDecoded } from '../percent.ts'
import { isRecord } from '../studio/raw.ts'
import type { Content, Field } from './exchange.ts'
import { openFileName } from '../secrets/openFileName.ts'
import { hasExactNumbers } from './jsonText.ts'
import { isQuery } from './isQuery.ts'
import { mapFields, mapValue } from './mapValue.ts'
import { partsOf } from './multipart.ts'
import type { Move } from './socket.ts'
import { inPieces, throughSigns } from './signs.ts'
import { isKind, mixed, valueOf, type Change, type Key, type Value } from './value.ts'
import { readJson } from './readJson.ts'

/** One field of a form; a file has a name. */
export interface Part {
  name: Key
  value: Value
  file?: string
  type?: string
}

/** What a request carries, as its author would write it. */
export type Payload =
  | { type: 'json'; value: Value; media?: string }
  | { type: 'form'; fields: readonly Part[] }
  | { type: 'multipart'; fields: readonly Part[] }
  | GraphqlPayload
  | { type: 'batch'; operations: readonly GraphqlPayload[] }
  | { type: 'text'; text: Value; media: string }
  | { type: 'socket'; moves: readonly Move[] }

/** One operation of GraphQL. */
export interface GraphqlPayload {
  type: 'graphql'
  query: Value
  operation?: string
  rest: readonly (readonly [string, Value])[]
}

/** Reads what a request carried; undefined for nothing. */
export function payloadOf(content: Content | undefined): Payload | undefined {
  if (content === undefined) return undefined
  const { type, text, fields } = content
  if (/multipart\/form-data/i.test(type)) {
    // The text has the parts' types, but not always the fields that a recorder has read.
    const read = text === undefined ? [] : partsOf(type, text)
    return { type: 'multipart', fields: (read.length > 0 ? read : fields).map(openFile) }
  }
  if (/x-www-form-urlencoded/i.test(type))
    return { type: 'form', fields: text === undefined || text === '' ? fields.map(decoded) : formOf(text) }
  const json = /json|graphql/i.test(type) || /^\s*[{[]/.test(text ?? '') ? readJson(text ?? '') : undefined
  if (json !== undefined && hasExactNumbers(text ?? ''))
    return graphqlOf(json) ?? batchOf(json) ?? jsonOf(json, type)
  return text === undefined || text === '' ? undefined : { type: 'text', text, media: type }
}

const openFile = (field: Field): Field =>
  field.file === undefined ? field : { ...field, file: openFileName(field.file) }

const jsonOf = (json: unknown, type: string): Payload =>
  /^application\/json\b/i.test(type) || type === ''
    ? { type: 'json', value: valueOf(json) }
    : { type: 'json', value: valueOf(json), media: type }

const formOf = (text: string): Part[] =>
  Array.from(new URLSearchParams(text), ([name, value]) => ({ name, value }))

/** Recorders give fields as they were sent, or as they were meant. */
function decoded({ name, value }: Field): Part {
  const plain = (own: string): string => (/^[^\s]*%[\da-f]{2}[^\s]*$/i.test(own) ? formDecoded(own) : own)
  return { name: plain(name), value: plain(value) }
}

/** A request of GraphQL: its query is text of that language, or known to the server by its hash. */
function graphqlOf(json: unknown): GraphqlPayload | undefined {
  if (!isRecord(json) || typeof json.query !== 'string' || !isQuery(json.query)) return undefined
  const { query } = json
  const named = typeof json.operationName === 'string' ? json.operationName : operationIn(query)
  const rest = Object.entries(json).filter(([name, own]) => name !== 'query' && own !== undefined)
  return {
    type: 'graphql',
    query,
    ...(named === undefined ? undefined : { operation: named }),
    rest: rest.map(([name, own]) => [name, valueOf(own)]),
  }
}

/** Several of them as one request. */
function batchOf(json: unknown): Payload | undefined {
  if (!Array.isArray(json) || json.length === 0) return undefined
  const operations = json.map(graphqlOf)
  return operations.includes(undefined)
    ? undefined
    : { type: 'batch', operations: operations as GraphqlPayload[] }
}

/** What a request carries with each text and number in it replaced. */
export function mapPayload(payload: Payload, change: Change): Payload {
  switch (payload.type) {
    case 'json':
      return { ...payload, value: mapValue(payload.value, '', change) }
    case 'form':
    case 'multipart':
      return {
        ...payload,
        fields: mapParts(payload.fields, change),
      }
    case 'graphql':
      return mapOperation(payload, change)
    case 'batch':
      return { ...payload, operations: payload.operations.map((one) => mapOperation(one, change)) }
    case 'socket':
      return {
        ...payload,
        moves: payload.moves.map((move) =>
          'send' in move ? { send: mapValue(move.send, '', change) } : move,
        ),
      }
    case 'text':
      return { ...payload, text: mapValue(payload.text, '', change) }
  }
}

function mapParts(parts: readonly Part[], change: Change): Part[] {
  const mapped = mapFields(
    parts.map(({ name, value }) => [name, value]),
    change,
  )
  return parts.map((part, index) => {
    const [name, value] = mapped[index] ?? [part.name, part.value]
    return { ...part, name, value }
  })
}

const mapOperation = (payload: GraphqlPayload, change: Change): GraphqlPayload => ({
  ...payload,
  query: mapQuery(payload.query, change),
  rest: payload.rest.map(([name, own]) => [name, mapValue(own, name, change)]),
})

/** A query with each text in it replaced, by the name of its argument; the language itself stays. */
function mapQuery(query: Value, change: Change): Value {
  return typeof query === 'string' || isKind(query, 'mixed')
    ? throughSigns(query, (text) => queryParts(text, inPieces(change)))
    : query
}

function queryParts(query: string, change: Change): Value {
  const parts = query.split(/("""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*")/)
  return mixed(
    parts.flatMap((part, index): Value[] => {
      if (index % 2 === 0 || part === '""') return [part]
      const name = /(\w+)\s*:\s*$/.exec(parts[index - 1] ?? '')?.[1] ?? ''
      const quotes = part.startsWith('"""') && part.length > 5 ? '"""' : '"'
      return [quotes, change(part.slice(quotes.length, -quotes.length), name), quotes]
    }),
  )
}

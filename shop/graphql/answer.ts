import { createHash } from 'node:crypto'
import { filesOf, fieldsOf } from '../multipart.ts'
import type { ShopReply } from '../reply.ts'
import type { Stock } from '../stock.ts'
import { parseDocument } from './parse.ts'
import { resolve, type Answered } from './resolve.ts'

/** One operation as it is asked for. */
interface Wanted {
  readonly query?: unknown
  readonly variables?: unknown
  readonly operationName?: unknown
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: unknown } }
}

/** A request of GraphQL: its body, whose it is, and the cause where a fault answers it. */
export interface GraphqlRequest {
  readonly body: Buffer
  readonly type: string
  readonly session: string
  readonly stock: Stock
  readonly fault?: string | undefined
}

const MAX_PERSISTED = 1000
const persisted = new Map<string, string>()

/** Answers a request of GraphQL over HTTP: JSON or multipart, one operation or a list, in full or by its hash. */
export function answerGraphql(request: GraphqlRequest): ShopReply {
  const wanted = read(request)
  if (wanted === undefined) return json(told('The body is no operation of GraphQL.', 'BAD_REQUEST'), 400)
  const answers = [wanted].flat().map((one) => answerOne(one, request))
  return json(Array.isArray(wanted) ? answers : answers[0])
}

const json = (value: unknown, status = 200): ShopReply => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
})

const told = (message: string, code: string): Answered => ({
  data: null,
  errors: [{ message, extensions: { code } }],
})

function read({ body, type }: GraphqlRequest): Wanted | Wanted[] | undefined {
  try {
    if (!type.startsWith('multipart/')) return objectIn(body.toString('utf8'))
    const fields = new Map(fieldsOf(type, body))
    const wanted = objectIn(fields.get('operations') ?? '')
    const map = JSON.parse(fields.get('map') ?? '{}') as Record<string, string[]>
    for (const { name, filename, bytes } of filesOf(type, body))
      for (const path of map[name] ?? [])
        put(wanted, path.split('.'), { filename, size: bytes, __typename: 'Upload' })
    return wanted
  } catch {
    return undefined
  }
}

function objectIn(text: string): Wanted | Wanted[] {
  const value = JSON.parse(text) as unknown
  const all = [value].flat()
  if (all.length === 0 || all.some((one) => typeof one !== 'object' || one === null)) throw new Error(text)
  return value as Wanted
}

function put(into: unknown, [key = '', ...rest]: readonly string[], value: unknown): void {
  const own = Object(into) as Record<string, unknown>
  if (!Object.hasOwn(own, key)) return
  if (rest.length > 0) put(own[key], rest, value)
  else own[key] = value
}

function answerOne(wanted: Wanted, { session, stock, fault }: GraphqlRequest): Answered {
  const hash = wanted.extensions?.persistedQuery?.sha256Hash
  const query = textOf(wanted.query, hash)
  if (query === undefined) return told('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND')
  if (fault !== undefined) return told(`fault: ${fault}`, 'UNAVAILABLE')
  try {
    const operations = parseDocument(query)
    const name = wanted.operationName ?? undefined
    const chosen = name === undefined ? operations : operations.filter((one) => one.name === name)
    const [operation] = chosen
    if (!operation || chosen.length > 1)
      return told('Must provide operation name if query contains multiple operations.', 'BAD_USER_INPUT')
    return resolve(operation, {
      session,
      stock,
      variables: Object(wanted.variables ?? {}) as Record<string, unknown>,
    })
  } catch (error) {
    return told(error instanceof Error ? error.message : String(error), 'GRAPHQL_PARSE_FAILED')
  }
}

/** The text of an operation, which is remembered by its hash. */
function textOf(query: unknown, hash: unknown): string | undefined {
  if (typeof hash !== 'string') return typeof query === 'string' ? query : ''
  if (typeof query !== 'string') return persisted.get(hash)
  const isIts = createHash('sha256').update(query).digest('hex') === hash
  if (isIts && persisted.size < MAX_PERSISTED) persisted.set(hash, query)
  return isIts ? query : ''
}

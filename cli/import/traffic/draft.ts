import { userHeader } from './basicUser.ts'
import type { Exchange, Pair } from './exchange.ts'
import { addressOf } from './filter.ts'
import { keptHeaders } from './headers.ts'
import { mapPayload, payloadOf, type Payload } from './payload.ts'
import { movesOf } from './socket.ts'
import { mapFields, mapValue } from './mapValue.ts'
import { inPieces, throughSigns } from './signs.ts'
import { mapPart, namelessQuery } from './tail.ts'
import { isKind, mixed, type Change, type Key, type Value } from './value.ts'

/** Where in a request a value stands. */
export type Where = 'path' | 'query' | 'header' | 'body'

/** A request as it will be written. */
export interface Draft {
  exchange: Exchange
  /** `https://shop.example.com`. */
  origin: string
  /** The parts of its path, as they were sent. */
  path: readonly Value[]
  query: readonly (readonly [name: Key, value: Value])[]
  headers: readonly (readonly [name: string, value: Value])[]
  payload: Payload | undefined
}

/** The request of an exchange. */
export function draftOf(exchange: Exchange): Draft | undefined {
  const url = addressOf(exchange.url)
  if (url === undefined) return undefined
  const tail = namelessQuery(url)
  return {
    exchange,
    origin: url.origin.replace(/^ws/, 'http'),
    path: `${url.pathname}${tail.replaceAll('/', '%2F')}`.split('/').slice(1),
    query: tail === '' ? [...url.searchParams] : [],
    headers: [...keptHeaders(exchange), ...userHeader(exchange)],
    payload: exchange.kind === 'socket' ? socketOf(exchange) : payloadOf(exchange.content),
  }
}

const socketOf = ({ messages = [] }: Exchange): Payload => ({ type: 'socket', moves: movesOf(messages) })

/** A request with each text and number in it replaced, by the place where it stands. */
export function mapDraft(draft: Draft, change: (where: Where) => Change): Draft {
  const inPath = change('path')
  const inQuery = change('query')
  const inHeader = change('header')
  return {
    ...draft,
    path: draft.path.map((part, index) => {
      const name = before(draft.path, index)
      return typeof part === 'string' || isKind(part, 'mixed')
        ? throughSigns(part, (text) => mapPart(text, name, inPieces(inPath), inPieces(inQuery)))
        : part
    }),
    query: mapFields(draft.query, inQuery),
    headers: draft.headers.map(([name, value]) => [
      name,
      typeof value === 'string' || isKind(value, 'mixed')
        ? throughSigns(value, (text) => headerValue([name, text], inPieces(inHeader)))
        : value,
    ]),
    payload: draft.payload && mapPayload(draft.payload, change('body')),
  }
}

/** The scheme of `Authorization: Bearer …` is a word, what follows it a value. */
function headerValue([name, value]: Pair, change: Change): Value {
  const [, scheme, rest] = /^([A-Za-z]+ +)(\S+)$/.exec(value) ?? []
  return scheme === undefined || rest === undefined
    ? mapValue(value, name, change)
    : mixed([scheme, mapValue(rest, name, change)])
}

/** The name in front of a part of a path: of `/orders/17` it is `orders`. */
const before = (path: readonly Value[], index: number): string => {
  const own = path[index - 1]
  return typeof own === 'string' ? own : ''
}

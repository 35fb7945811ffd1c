import { operationIn } from '../../../config/operationIn.ts'
import type { Draft } from './draft.ts'
import { isQuery } from './isQuery.ts'
import type { GraphqlPayload } from './payload.ts'
import { isKind, isPlain, type Value } from './value.ts'

/** An operation of GraphQL, as `graphql(client)` sends it. */
export interface Operation {
  query: Value
  /** Undefined where there are none. */
  variables: Value | undefined
  /** Which of several operations of the text is meant; undefined for the first. */
  operationName: string | undefined
  /** What the library names its samples by; undefined where nothing says it. */
  name: string | undefined
  /** Whether its hash was sent. */
  persisted: boolean
}

const KNOWN = ['operationName', 'variables', 'extensions']

/** The operation of a request; undefined where it is none, or says more than the library does. */
export const operationOf = (draft: Draft): Operation | undefined =>
  draft.payload?.type === 'graphql' && isPosted(draft) ? spoken(draft.payload) : undefined

/** The operations that a request sends together; undefined where they are none, or say more than the library does. */
export function operationsOf(draft: Draft): Operation[] | undefined {
  if (draft.payload?.type !== 'batch' || !isPosted(draft)) return undefined
  const all = draft.payload.operations.map(spoken)
  return all.includes(undefined) ? undefined : (all as Operation[])
}

/** Whether a request is one that `graphql(client, path)` sends: its path and query are the same each time. */
const isPosted = ({ exchange, query, path }: Draft): boolean =>
  exchange.method === 'POST' && path.every(isPlain) && query.every(([, value]) => isPlain(value))

function spoken(payload: GraphqlPayload): Operation | undefined {
  const rest = new Map(payload.rest)
  if ([...rest.keys()].some((name) => !KNOWN.includes(name))) return undefined
  const first = typeof payload.query === 'string' ? operationIn(payload.query) : undefined
  const operationName = payload.operation === first ? undefined : payload.operation
  const variables = rest.get('variables')
  const extensions = rest.get('extensions')
  return {
    query: payload.query,
    variables: isEmpty(variables) ? undefined : variables,
    operationName,
    name: operationName ?? first,
    persisted: isKind(extensions, 'fields') && extensions.fields.some(([name]) => name === 'persistedQuery'),
  }
}

/** The names of the operations that a request sends; undefined where one has none, and where it sends none. */
export function operationNames({ payload }: Draft): string[] | undefined {
  const all = payload?.type === 'graphql' ? [payload] : payload?.type === 'batch' ? payload.operations : []
  const names = all.flatMap(({ operation }) => operation ?? [])
  return names.length > 0 && names.length === all.length ? names : undefined
}

/** Whether a request is one of GraphQL, in whatever way it is sent: its answer says of errors by itself. */
export const isGraphql = ({ payload, query }: Draft): boolean =>
  payload?.type === 'graphql' ||
  payload?.type === 'batch' ||
  query.some(
    ([name, value]) =>
      typeof value === 'string' &&
      (name === 'query' ? isQuery(value) : name === 'extensions' && value.includes('persistedQuery')),
  )

const isEmpty = (value: Value | undefined): boolean =>
  value === null || (isKind(value, 'fields') && value.fields.length === 0)

import { operationIn } from '../../../config/operationIn.ts'
import type { Draft } from './draft.ts'
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
export function operationOf({ exchange, payload, query, path }: Draft): Operation | undefined {
  if (payload?.type !== 'graphql' || exchange.method !== 'POST') return undefined
  if (query.length > 0 || !path.every(isPlain)) return undefined
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

const isEmpty = (value: Value | undefined): boolean =>
  value === null || (isKind(value, 'fields') && value.fields.length === 0)

import { templateText } from '../../../project/index.ts'
import type { Draft } from '../../traffic/draft.ts'
import type { GraphqlPayload } from '../../traffic/payload.ts'
import type { Key, Value } from '../../traffic/value.ts'
import { statement } from '../layout.ts'
import { call, list, object, raw, type Node } from '../node.ts'
import { filesNode, hasFiles, isOwnParts } from './parts.ts'
import { fieldsOf } from './path.ts'
import { fieldNode, textNode, valueNode } from './value.ts'

/** What is written beside the journeys. */
export interface Beside {
  /** Names of the library. */
  used: Set<string>
  /** Whether files are sent: k6's `http.file`. */
  files: boolean
  /** Queries of GraphQL, each with its constant. */
  queries: Map<string, string>
  /** The origin that the target's paths are relative to. */
  base: string
  /** Whether there are sockets. */
  sockets: boolean
  /** Whether something is asked until its answer is another. */
  polls: boolean
  /** Whether a form is sent in parts that k6's own cannot be. */
  parts: boolean
  /** Names of `loadwright/graphql`. */
  graphql: Set<string>
  /** A name for such a constant. */
  name: (words: string, suffix: string) => string
}

/** The fields of a request's options that say what it carries. */
export function payloadFields({ payload }: Draft, beside: Beside): [string, Node][] {
  if (payload === undefined) return []
  switch (payload.type) {
    case 'json':
      return [['json', valueNode(payload.value)]]
    case 'graphql':
      return [['json', graphqlNode(payload, beside)]]
    case 'batch':
      return [['json', list(payload.operations.map((one) => graphqlNode(one, beside)))]]
    case 'form':
      return [['form', formNode(payload.fields.map(({ name, value }) => [name, value]))]]
    case 'multipart':
      if (hasFiles(payload)) beside.files = true
      if (!isOwnParts(payload)) return [['form', filesNode(payload.fields)]]
      beside.parts = true
      return [['body', call('inParts', filesNode(payload.fields))]]
    case 'socket':
      return []
    case 'text':
      return [['body', textNode(payload.text)]]
  }
}

const formNode = (pairs: readonly (readonly [Key, Value])[]): Node => object(fieldsOf(pairs).map(fieldNode))

const graphqlNode = ({ query, operation, rest }: GraphqlPayload, beside: Beside): Node =>
  object([['query', queryNode(query, operation, beside)], ...rest.map(fieldNode)])

/** A query: a constant for each text, but where it depends on the session. */
export function queryNode(query: Value, operation: string | undefined, { queries, name }: Beside): Node {
  if (typeof query !== 'string') return valueNode(query)
  const known = queries.get(query)
  if (known !== undefined) return raw(known)
  const own = name(`${operation ?? ''} query`, 'Text')
  queries.set(query, own)
  return raw(own)
}

/** A query as it was written, over several lines. */
export function queryText(name: string, query: string): string {
  if (query.includes('\n'))
    return `const ${name} = \`\n${templateText([query.trim()]).slice(1, -1).replaceAll('\\n', '\n')}\n\``
  return statement(0, `const ${name} = `, textNode(query))
}

import { quoted, templateText } from '../../../project/index.ts'
import type { Draft } from '../../traffic/draft.ts'
import type { GraphqlPayload, Part } from '../../traffic/payload.ts'
import type { Key, Value } from '../../traffic/value.ts'
import { statement } from '../layout.ts'
import { call, list, object, raw, type Node } from '../node.ts'
import { isPlainParts, partsNode } from './parts.ts'
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
  /** Whether a form without a file is sent in parts. */
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
      if (isPlainParts(payload)) {
        beside.parts = true
        return [['body', partsNode(payload)]]
      }
      return [['form', multipartNode(payload.fields, beside)]]
    case 'socket':
      return []
    case 'text':
      return [['body', textNode(payload.text)]]
  }
}

const formNode = (pairs: readonly (readonly [Key, Value])[]): Node => object(fieldsOf(pairs).map(fieldNode))

const graphqlNode = ({ query, operation, rest }: GraphqlPayload, beside: Beside): Node =>
  object([['query', queryNode(query, operation, beside)], ...rest.map(fieldNode)])

/** A file has its bytes in the source where they are text. */
function multipartNode(parts: readonly Part[], beside: Beside): Node {
  beside.files = true
  return object(
    parts.map(({ name, value, file, type }) => {
      const [key, own] = fieldNode([name, value])
      if (file === undefined) return [key, own]
      const given = [textNode(value), raw(quoted(file))]
      return [key, call('http.file', ...given, ...(type === undefined ? [] : [raw(quoted(type))]))]
    }),
  )
}

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

import { keyText, quoted } from '../../../project/index.ts'
import { operationOf, operationsOf } from '../../traffic/operation.ts'
import type { Draft } from '../../traffic/draft.ts'
import type { Value } from '../../traffic/value.ts'
import { code } from '../../traffic/value.ts'
import { clientCall } from '../clientCall.ts'
import { object, raw, type Node } from '../node.ts'
import { operationNode, operationsNode } from './operationNode.ts'
import { isOwnParts } from './parts.ts'
import { pathNode } from './path.ts'
import { payloadFields, type Beside } from './payload.ts'
import type { RequestSource } from './requestSource.ts'
import { valueNode } from './value.ts'

/** The call that sends a request. */
export function sentNode(source: RequestSource, beside: Beside): Node {
  const { draft, client, operations } = source
  const operation = operationOf(draft)
  if (operation !== undefined && operations !== undefined)
    return operationNode(source, operations, operation, furtherFields(source), beside)
  const several = operationsOf(draft)
  if (several !== undefined && operations !== undefined)
    return operationsNode(source, operations, several, furtherFields(source), beside)
  const given = [pathNode(draft, beside.used), object(optionFields(source, beside))]
  return clientCall(client, draft.exchange.method, ...given)
}

/** A request as one of a batch. */
export const batchedNode = (source: RequestSource, beside: Beside): Node =>
  object([
    ['method', raw(quoted(source.draft.exchange.method))],
    ['path', pathNode(source.draft, beside.used)],
    ...optionFields(source, beside),
  ])

const optionFields = (source: RequestSource, beside: Beside): [string, Node][] => [
  ['name', raw(quoted(source.name))],
  ...payloadFields(source.draft, beside),
  ...furtherFields(source),
]

/** What requests of any kind may say. */
function furtherFields({ draft, expected, shared }: RequestSource): [string, Node][] {
  const own: [string, Value][] = draft.headers
    .filter(([header]) => !shared.has(header))
    .map(([...pair]) => pair)
  if (isOwnParts(draft.payload)) own.push(['Content-Type', code('PARTS_TYPE')])
  // JSON that stays a text has no field that says so.
  if (draft.payload?.type === 'text' && /^application\/json\b/i.test(draft.payload.media) && !hasType(draft))
    own.push(['Content-Type', draft.payload.media])
  const { status, accepts = status === undefined ? [] : [status] } = expected
  const [first = 0] = accepts
  const fields: [string, Node][] = []
  if (own.length > 0)
    fields.push(['headers', object(own.map(([key, value]) => [keyText(key), valueNode(value)]))])
  if (isRedirect(first)) fields.push(['redirects', raw('0')])
  if (accepts.some((one) => one >= 400)) fields.push(['expect', raw(`[${accepts.join(', ')}]`)])
  return fields
}

const hasType = ({ headers }: Draft): boolean => headers.some(([name]) => /^content-type$/i.test(name))
const isRedirect = (status: number): boolean => status > 300 && status < 309

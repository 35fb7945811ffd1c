import { quoted } from '../../../project/index.ts'
import type { Operation } from '../../traffic/operation.ts'
import { call, list, object, raw, type Node } from '../node.ts'
import { queryNode, type Beside } from './payload.ts'
import type { RequestSource } from './requestSource.ts'
import { valueNode } from './value.ts'

/** The call that sends an operation of GraphQL; `more` are options that every request has. */
export function operationNode(
  { name, expected, draft }: RequestSource,
  door: string,
  { query, variables, operationName, persisted, name: implied }: Operation,
  more: readonly [string, Node][],
  beside: Beside,
): Node {
  beside.graphql.add('graphql')
  const { payload } = draft
  const options: [string, Node][] = [
    ...(name === implied ? [] : field('name', raw(quoted(name)))),
    ...saidWith({ operationName, variables }),
    ...(persisted ? field('persisted', raw('true')) : []),
    ...(expected.errors === true ? field('errors', raw(quoted('expected'))) : []),
    ...more,
  ]
  const operation = payload?.type === 'graphql' ? payload.operation : undefined
  return call(door, queryNode(query, operation, beside), ...(options.length === 0 ? [] : [object(options)]))
}

/** The call that sends several operations as one request. */
export function operationsNode(
  { name, expected, draft }: RequestSource,
  door: string,
  operations: readonly Operation[],
  more: readonly [string, Node][],
  beside: Beside,
): Node {
  beside.graphql.add('graphql')
  const { payload } = draft
  const named = payload?.type === 'batch' ? payload.operations : []
  const all = operations.map((one, at) =>
    object([...field('query', queryNode(one.query, named[at]?.operation, beside)), ...saidWith(one)]),
  )
  const errors = expected.errors === true ? field('errors', raw(quoted('allowed'))) : []
  return call(`${door}.batch`, list(all), object([...field('name', raw(quoted(name))), ...errors, ...more]))
}

/** What is sent beside a query. */
const saidWith = ({
  operationName,
  variables,
}: Pick<Operation, 'operationName' | 'variables'>): [string, Node][] => [
  ...(operationName === undefined ? [] : field('operationName', raw(quoted(operationName)))),
  ...(variables === undefined ? [] : field('variables', valueNode(variables))),
]

const field = (name: string, node: Node): [string, Node][] => [[name, node]]

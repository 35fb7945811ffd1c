import { keyText, quoted, WIDTH } from '../../../project/index.ts'
import { clientCall } from '../../write/clientCall.ts'
import { statement } from '../../write/layout.ts'
import { call, object, raw, type Node } from '../../write/node.ts'
import type { Plan, Planned, PlannedParameter } from '../plan.ts'
import { commentText, declarationText, flatType } from '../types/text.ts'
import { bodyFields, isOwnParts } from './body.ts'
import type { Helper } from './helpers.ts'
import { memberOf, parameterValue, pathText } from './values.ts'

/** What is written of an operation: the type of what it is given, and its function. */
export function operationText(operation: Planned, client: string, plan: Plan, used: Set<Helper>): string[] {
  const { id, given, givenName, method } = operation
  const search = searchLines(operation, used)
  const path = pathText(operation, search.length > 0)
  const options: [string, Node][] = [
    ['name', raw(quoted(operation.name))],
    ...bodyFields(operation, plan, used),
    ...headerFields(operation, plan, used),
    ...cookieFields(operation, used),
    ...(isRedirect(operation) ? [['redirects', raw('0')] as [string, Node]] : []),
  ]
  const sent = clientCall(client, method, raw(path), object(options))
  return [
    ...(given.length > 0
      ? [
          declarationText({
            name: givenName,
            about: `What ${id} is given.`,
            type: { kind: 'object', fields: given },
          }),
        ]
      : []),
    [
      ...aboutLines(operation),
      signature(operation, used),
      ...search,
      statement(1, 'return ', sent),
      '}',
    ].join('\n'),
  ]
}

function aboutLines({ method, path, summary, deprecated }: Planned): string[] {
  const about = `${method} ${path}${summary === undefined ? '' : `: ${summary}`}`
  return [commentText(deprecated ? `@deprecated ${about}` : about)]
}

function signature({ id, given, givenName, answer }: Planned, used: Set<Helper>): string {
  if (answer !== undefined) used.add('Answer')
  const type = answer === undefined ? 'Response' : `Answer<${flatType(answer) ?? 'unknown'}>`
  const parameter =
    given.length === 0 ? '' : `given: ${givenName}${given.every(({ optional }) => optional) ? ' = {}' : ''}`
  const one = `export function ${id}(${parameter}): ${type} {`
  return one.length <= WIDTH || parameter === ''
    ? one
    : `export function ${id}(\n  ${parameter},\n): ${type} {`
}

/** Whether its answer is a redirect, which is not followed then. */
export const isRedirect = ({ success: { statuses } }: Planned): boolean =>
  statuses.length > 0 && statuses.every((status) => status > 300 && status < 309)

const parametersIn = ({ parameters }: Planned, where: string): PlannedParameter[] =>
  parameters.filter((one) => one.where === where)

const secrets = ({ schemes }: Planned, kind: string): [string, Node][] =>
  [...schemes.values()]
    .filter((scheme) => scheme.kind === kind)
    .map(({ name, variables: [variable = ''] }) => [keyText(name), raw(`secret(${quoted(variable)})`)])

/** The statement that makes the query, where there is one. */
function searchLines(operation: Planned, used: Set<Helper>): string[] {
  const own = parametersIn(operation, 'query')
  const plain = own.filter(({ shape, json }) => shape !== 'object' || json)
  const objects = own.filter((one) => !plain.includes(one))
  const fields = [
    ...plain.map((one): [string, Node] => [keyText(one.name), raw(parameterValue(one))]),
    ...secrets(operation, 'query'),
  ]
  if (fields.length === 0 && objects.length === 0) return []
  used.add('queryOf')
  if (objects.length === 0) return [statement(1, 'const search = ', call('queryOf', object(fields)))]
  used.add('deep')
  const given = objects.map(({ name, style, key }) => {
    const nameOf =
      style === 'deepObject' ? `(key) => \`${name.replace(/[`\\$]/g, '\\$&')}[\${key}]\`` : '(key) => key'
    return `    ...deep(given${memberOf(key)}, ${nameOf}),`
  })
  const lines = fields.map(([key, node]) => statement(2, `${key}: `, node) + ',')
  return ['  const search = queryOf({', ...lines, ...given, '  })']
}

function headerFields(operation: Planned, plan: Plan, used: Set<Helper>): [string, Node][] {
  const { body, success } = operation
  const own = parametersIn(operation, 'header').map((one): [string, Node] => [
    keyText(one.name),
    raw(parameterValue(one)),
  ])
  const fixed: [string, Node][] = []
  if (
    body !== undefined &&
    (body.kind === 'text' || (body.kind === 'json' && body.type !== 'application/json'))
  )
    fixed.push([quoted('Content-Type'), raw(quoted(body.type))])
  if (body !== undefined && isOwnParts(body, plan)) fixed.push([quoted('Content-Type'), raw('PARTS_TYPE')])
  const [content] = success.contents
  if (content !== undefined && content.others.length > 0) fixed.push(['Accept', raw(quoted(content.type))])
  if (own.length === 0 && fixed.length === 0) return []
  if (own.length > 0) used.add('texts')
  const fields = object([...fixed, ...own])
  return [['headers', own.length > 0 ? call('texts', fields) : fields]]
}

function cookieFields(operation: Planned, used: Set<Helper>): [string, Node][] {
  const own = parametersIn(operation, 'cookie')
  const fields = own.map((one): [string, Node] => [keyText(one.name), raw(parameterValue(one))])
  const all = [...fields, ...secrets(operation, 'cookie')]
  if (all.length === 0) return []
  if (own.length > 0) used.add('texts')
  return [['cookies', own.length > 0 ? call('texts', object(all)) : object(all)]]
}

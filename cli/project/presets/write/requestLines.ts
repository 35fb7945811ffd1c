import { parseDuration } from '../../../../config/duration.ts'
import { quoted } from '../../source/text.ts'
import type { PresetOperation, PresetRequest } from '../preset.ts'
import { GRAPHQL_PATH } from '../requestRules.ts'
import { identifier } from './identifier.ts'
import { Code, literal, withVariables } from './literal.ts'

/** The method of the client for each of HTTP's. */
const METHODS: Readonly<Record<string, string>> = { DELETE: 'del' }

/** A request and its checks, as statements at a depth; `used` gathers what they import. */
export function requestLines(request: PresetRequest, depth: number, used: Set<string>): string[] {
  const { method, headers, form, body, query, graphql } = request
  if (graphql) return operationLines(request, graphql, depth, used)
  const path = withVariables(request.path)
  const address =
    query === undefined
      ? literal(path, 0)
      : `\`${templateOf(path)}\${query(${literal(withVariables(query), 0)})}\``
  if (query !== undefined) used.add('query')
  const given = {
    name: request.name,
    ...(headers && { headers: withVariables(headers) }),
    ...(form && { form: withVariables(form) }),
    ...(body === undefined ? {} : { [typeof body === 'object' ? 'json' : 'body']: withVariables(body) }),
    ...expectedOf(request),
  }
  const call = `const response = api.${METHODS[method] ?? method.toLowerCase()}(${address}, `
  used.add('check')
  const start = 'check(response, '
  return [
    `${call}${literal(given, depth, call.length + 1)})`,
    `${start}${literal(checksOf(request, used), depth, start.length + 1)})`,
  ].map((line) => '  '.repeat(depth) + line)
}

/** An operation of GraphQL and its checks. */
function operationLines(
  request: PresetRequest,
  { query, variables, operationName }: PresetOperation,
  depth: number,
  used: Set<string>,
): string[] {
  const { name, path, headers, checks } = request
  const given = {
    name,
    ...(operationName === undefined ? {} : { operationName }),
    ...(variables && { variables: withVariables(variables) }),
    ...(headers && { headers: withVariables(headers) }),
    ...expectedOf(request),
  }
  used.add('check').add('graphql').add('noErrors')
  const call = `const answer = ${operationsOf(path)}(${documentText(query)}, `
  const start = 'check(answer.response, '
  return [
    `${call}${literal(given, depth, call.slice(call.lastIndexOf('\n') + 1).length + 1)})`,
    `check(answer, { ${quoted(`${name} has no errors`)}: noErrors() })`,
    ...(checks ? [`${start}${literal(checksOf(request, used), depth, start.length + 1)})`] : []),
  ].map((line) => '  '.repeat(depth) + line)
}

/** What sends operations to a path. */
export const operationsOf = (path: string): string =>
  path === GRAPHQL_PATH ? 'operations' : identifier(`operations at ${path}`, new Set())

/** A document as it was written: over several lines, if it has them. */
const documentText = (query: string): string =>
  query.trim().includes('\n')
    ? `\`${query.trim().replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``
    : quoted(query.trim())

const templateOf = (path: unknown): string =>
  path instanceof Code
    ? path.text.replace(/^`|`$/g, '').replace(/^\w+$/, '${$&}')
    : quoted(String(path)).slice(1, -1).replaceAll('`', '\\`').replaceAll('${', '\\${')

/** A status that a check wants is none that failed, and a redirect that it wants is not followed. */
function expectedOf({ checks }: PresetRequest): { expect?: readonly number[]; redirects?: 0 } {
  const statuses = [checks?.status ?? []].flat()
  return {
    ...(statuses.some((status) => status >= 400) ? { expect: statuses } : {}),
    ...(statuses.some((status) => status >= 300 && status < 400) ? { redirects: 0 } : {}),
  }
}

function checksOf({ name, checks = {} }: PresetRequest, used: Set<string>): Record<string, Code> {
  const found: Record<string, Code> = {}
  const add = (said: string, door: string, ...given: readonly unknown[]): void => {
    used.add(door)
    const text = `${name} ${said}`.replaceAll('::', ':').slice(0, 120)
    const taken = Object.keys(found).filter((other) => other === text || other.startsWith(`${text} (`)).length
    found[taken === 0 ? text : `${text} (${taken + 1})`] = new Code(
      `${door}(${given.map((one) => literal(one, 0)).join(', ')})`,
    )
  }
  const statuses = [checks.status ?? []].flat()
  if (statuses.length > 0) add(`has status ${statuses.join(' or ')}`, 'status', ...statuses)
  for (const text of [checks.contains ?? []].flat()) add(`contains ${JSON.stringify(text)}`, 'contains', text)
  const { header = {}, within } = checks
  if (within !== undefined) add(`answers within ${within}`, 'within', parseDuration(within) ?? 0)
  for (const [key, value] of Object.entries(typeof header === 'string' ? { [header]: undefined } : header))
    add(`has header ${key}`, 'header', key, ...(value === undefined ? [] : [value]))
  if (Object.keys(found).length === 0)
    found[`${name} answers`] = new Code('({ status }) => status >= 200 && status < 400')
  return found
}

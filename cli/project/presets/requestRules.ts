import { operationIn } from '../../../config/operationIn.ts'
import { quote } from '../../../config/problem/problem.ts'
import type { Draft, DraftRequest, Tell } from './draft.ts'

/** Methods whose requests may have a body. */
const WITH_BODY = ['POST', 'PUT', 'PATCH', 'DELETE']

/** Where GraphQL is spoken unless a request says so. */
export const GRAPHQL_PATH = '/graphql'

/** By what a request is measured that has no name. */
export const nameOf = ({ name, method = 'GET', path = '/', graphql }: DraftRequest): string =>
  name ??
  graphql?.operationName ??
  operationIn(graphql?.query ?? '') ??
  `${method} ${path.split('?', 1)[0] ?? ''}`
    .replace(/\$\{\w*\}/g, '*')
    .replace(/[,:{}]+/g, '-')
    .slice(0, 64)

/** What is wrong with the requests of a preset beyond the shape of each. */
export function requestRules(
  { requests = [], target }: Draft,
  has: (path: string) => boolean,
  tell: Tell,
): void {
  const written = requests.filter((one) => one !== undefined)
  const weights = written.filter(({ weight }) => weight !== undefined).length
  const seen = new Map<string, number>()
  for (const [index, request] of requests.entries()) {
    if (request === undefined) continue
    const path = `requests[${index}]`
    const name = nameOf(request)
    const isNamed = [request.name, request.path, request.graphql].some((one) => one !== undefined)
    const twin = isNamed ? seen.get(name) : undefined
    if (twin !== undefined)
      tell(
        request.name === undefined ? path : `${path}.name`,
        `${quote(name)}, as requests[${twin}] has it`,
        'another name for each request',
      )
    else seen.set(name, index)
    if (weights > 0 && request.weight === undefined)
      tell(path, 'no weight', 'a weight for each request, or for none')
    bodyRules(request, path, tell)
    headerRules(request, path, tell)
    if (!has(`${path}.path`) && !has(`${path}.graphql`))
      tell(`${path}.path`, 'nothing', "a path such as /cart, or a URL of the target's host")
    graphqlRules(request, path, has, tell)
    if (/^https?:/.test(request.path ?? '')) hostRule(request.path ?? '', target, `${path}.path`, tell)
    else if (request.path?.startsWith('//'))
      tell(`${path}.path`, quote(request.path), 'a path that begins with one /')
    if (request.query !== undefined && request.path?.includes('?'))
      tell(`${path}.query`, 'a query, and one in the path', 'one of the two')
    if (request.path?.includes('#'))
      tell(`${path}.path`, quote(request.path), 'a path without #: what follows it is never sent')
  }
}

/** Headers as HTTP has them (RFC 9110, 5.1 and 5.5): k6 sends no request with others. */
function headerRules({ headers = {} }: DraftRequest, path: string, tell: Tell): void {
  for (const [name, value] of Object.entries(headers)) {
    const where = `${path}.headers.${name}`
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
      tell(where, quote(name), 'a name of letters, digits and dashes, such as X-Tenant')
    if (typeof value === 'string' && /[\r\n\0]/.test(value))
      tell(where, 'a text of several lines', 'a text on one line')
  }
}

/** The library makes method, body and name of an operation. */
function graphqlRules(request: DraftRequest, path: string, has: (path: string) => boolean, tell: Tell): void {
  if (request.graphql === undefined) return
  for (const key of ['method', 'body', 'form', 'query'] as const)
    if (has(`${path}.${key}`)) tell(`${path}.${key}`, `${key} and graphql`, 'one of the two')
  if (/[?$]/.test(request.path ?? ''))
    tell(`${path}.path`, quote(request.path ?? ''), `a plain path with graphql, such as ${GRAPHQL_PATH}`)
}

function bodyRules({ method = 'GET', body, form }: DraftRequest, path: string, tell: Tell): void {
  if (body !== undefined && form !== undefined) tell(`${path}.form`, 'body and form', 'one of the two')
  const which = body !== undefined ? 'body' : 'form'
  if ((body !== undefined || form !== undefined) && !WITH_BODY.includes(method))
    tell(
      `${path}.${which}`,
      `a ${which} of ${method}`,
      `a ${which} with ${WITH_BODY.join(', ')}`,
      'Write method: POST.',
    )
}

/** Requests go to the target alone, which limits and --base-url mean. */
function hostRule(path: string, target: string | undefined, where: string, tell: Tell): void {
  if (target !== undefined && pathIn(path, target) !== undefined) return
  tell(
    where,
    quote(path),
    target === undefined
      ? 'a path such as /cart, where the preset has no target'
      : `a path, or a URL that begins with ${target}`,
  )
}

/** The path of a URL in a target; undefined where it is elsewhere. */
export function pathIn(path: string, target: string): string | undefined {
  if (!/^https?:/.test(path)) return path
  const base = target.replace(/\/+$/, '')
  const rest = path.slice(base.length)
  return path.startsWith(base) && /^(?:[/?]|$)/.test(rest) ? rest || '/' : undefined
}

import { namedIn } from '../../../config/namedIn.ts'
import { quote } from '../../../config/problem/problem.ts'
import { SECRET_NAME, secretIn } from '../../../config/secrets.ts'
import { SETTINGS } from '../../../config/settings/settings.ts'
import { unquoted } from '../../base/index.ts'
import type { Draft, Tell } from './draft.ts'
import { partsOf } from './variables.ts'

/** Headers whose value is a secret for certain. */
const SECRET_HEADER = /^(?:proxy-)?authorization$|^cookie$|api-?key|-token$|^x-auth/i

const WRITE =
  'Write the name of an environment variable in its place, such as "${API_TOKEN}"; $${ is a plain ${.'

/** What is wrong with secrets in a preset: one that is written out, or a variable with a name that it cannot have. */
export function secretRules(draft: Draft, tell: Tell): void {
  for (const [index, request] of (draft.requests ?? []).entries()) {
    if (request === undefined) continue
    const at = `requests[${index}]`
    for (const [key, path, value] of textsOf(request.headers, `${at}.headers`))
      secretRule(value, SECRET_HEADER.test(key) || SECRET_NAME.test(key), path, tell)
    for (const part of ['query', 'body', 'form'] as const)
      for (const [key, path, value] of textsOf(request[part], `${at}.${part}`))
        secretRule(value, SECRET_NAME.test(key), path, tell)
    for (const [key, path, value] of textsOf(request.graphql?.variables, `${at}.graphql.variables`))
      secretRule(value, SECRET_NAME.test(key), path, tell)
    if (request.path !== undefined) {
      secretRule(request.path, false, `${at}.path`, tell)
    }
  }
  for (const key of ['target', 'description'] as const) {
    const kind = secretIn(draft[key] ?? '')
    if (kind !== undefined) tell(key, kind, 'what everybody may read')
  }
}

function secretRule(value: string, isSecret: boolean, path: string, tell: Tell): void {
  const parts = partsOf(value)
  for (const part of parts) if (typeof part !== 'string') variableRule(part.variable, path, tell)
  const plain = parts.map((part) => (typeof part === 'string' ? part : '')).join('')
  const kind = secretIn(plain)
  if (kind !== undefined) tell(path, kind, 'no secret in a file', WRITE)
  else if (isSecret && value !== '' && parts.every((part) => typeof part === 'string'))
    tell(path, 'what looks like a secret', 'no secret in a file', WRITE)
  else {
    const inside = secretInside(value)
    if (inside !== undefined)
      tell(path, `what looks like a secret under ${quote(inside)}`, 'no secret in a file', WRITE)
  }
}

/** What a secret is called that a text has in it: in JSON, XML, a form, YAML. */
function secretInside(text: string): string | undefined {
  for (const { name, text: value, place } of namedIn(text)) {
    const isOpen = partsOf(value).every((part) => typeof part === 'string')
    if ((SECRET_NAME.test(name) || SECRET_HEADER.test(name)) && isOpen) return name
    const inside = secretInside(place === 'json' ? unquoted(`"${value}"`) : value)
    if (inside !== undefined) return inside
  }
  return undefined
}

function variableRule(name: string, path: string, tell: Tell): void {
  if (!/^[A-Z_][A-Z0-9_]*$/.test(name))
    tell(
      path,
      quote(`\${${name}}`),
      'a variable such as ${API_TOKEN}: capitals, digits and underscore',
      '$${ is a plain ${.',
    )
  else if (Object.hasOwn(SETTINGS, name) || name.startsWith('K6_'))
    tell(path, quote(`\${${name}}`), 'a variable of your own, not one of loadwright or k6')
}

/** Each text in a value, with its key and its path. */
function textsOf(value: unknown, path: string, key = ''): (readonly [string, string, string])[] {
  if (typeof value === 'string') return [[key, path, value]]
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, `${path}[${index}]`, key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([own, item]) => textsOf(item, pathOf(path, own), own))
}

const pathOf = (path: string, key: string): string =>
  /^[A-Za-z_$][\w$-]*$/.test(key) ? `${path}.${key}` : `${path}[${quote(key)}]`

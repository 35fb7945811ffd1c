import { isRecord } from '../../../../config/problem/keys.ts'
import { quoted } from '../../../project/index.ts'
import { call, raw, type Node } from '../../write/node.ts'
import type { Plan, Planned } from '../plan.ts'
import { child, children, own, type Place } from '../read/place.ts'

const text = (value: string): Node => raw(quoted(value))

/** More required fields say no more of an answer. */
const MAX_FIELDS = 5

/** The checks of an answer: its status, its type, the fields that it has to have. */
export function checksOf({ id, method, success }: Planned, plan: Plan, used: Set<string>): [string, Node][] {
  const { statuses, contents, empty } = success
  const checks: [string, Node][] = []
  if (statuses.length > 0) {
    used.add('status')
    checks.push([quoted(`${id} answers ${statuses.join(' or ')}`), raw(`status(${statuses.join(', ')})`)])
  } else checks.push([quoted(`${id} answers 2xx`), raw('({ status }) => status >= 200 && status < 300')])
  if (method === 'HEAD' || empty || contents.length === 0) return checks
  const types = [...new Set(contents.flatMap(({ type, others }) => [type, ...others]))]
  if (types.every((type) => /^[\w.+-]+\/[\w.+-]+$/.test(type))) {
    used.add('hasType')
    checks.push([quoted(`${id} is ${types.join(' or ')}`), call('hasType', ...types.map(text))])
  }
  const [only] = contents
  const fields =
    contents.length === 1 && only?.kind === 'json' && only.others.length === 0
      ? requiredOf(only.schema, plan)
      : []
  if (fields.length > 0) {
    used.add('hasFields')
    checks.push([quoted(`${id} has ${fields.join(', ')}`), call('hasFields', ...fields.map(text))])
  }
  return checks
}

/** Fields that an object has in each answer, in words that JSON writes as they are. */
function requiredOf(schema: Place, plan: Plan): string[] {
  const at = plan.documents.follow(schema)
  const parts = children(child(at, 'allOf')).map((part) => plan.documents.follow(part))
  const names = [at, ...parts].flatMap((part) => {
    const required = own(part.value, 'required')
    const properties = child(part, 'properties')
    if (!Array.isArray(required) || !isRecord(properties.value)) return []
    return required.filter((name): name is string => {
      if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) return false
      return own(plan.documents.follow(child(properties, name)).value, 'writeOnly') !== true
    })
  })
  return [...new Set(names)].slice(0, MAX_FIELDS)
}

/** The functions that the checks of a suite use. */
export const CHECKS = {
  hasType: `/** The answer is of one of these types, whatever its character set is. */
const hasType =
  (...types: readonly string[]) =>
  ({ headers }: AnyResponse): boolean =>
    types.some((type) => headers['Content-Type']?.toLowerCase().startsWith(type))`,
  hasFields: `/** The JSON of the answer has these fields. */
const hasFields =
  (...names: readonly string[]) =>
  ({ body }: AnyResponse): boolean =>
    names.every((name) => String(body).includes(\`"\${name}"\`))`,
  firstOf: `/** What the first of a list is known by; without one, a check fails, and what needs it is not tried. */
const firstOf = <T>(name: string, value: T | undefined): T | undefined => {
  check(value, { [\`\${name} has a first one\`]: (given) => given !== undefined })
  return value
}`,
} as const

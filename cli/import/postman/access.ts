import type { AnyNode } from 'acorn'
import { keyName, literalText } from '../../project/index.ts'

/** What an expression of a script reads, and what it makes of that: its length, a text, a number, or something else. */
export type Access = (
  | { of: 'status' | 'reason' | 'time' | 'text' | 'response' }
  | { of: 'json'; path: readonly (string | number)[] }
  | { of: 'header' | 'cookie' | 'given' | 'template'; name: string }
  | { of: 'literal'; value: string | number | boolean | null }
  | { of: 'made'; code: string }
) & { as?: 'length' | 'text' | 'number' | 'other' }

/** What the names of a script stand for; undefined where no rule can read it. */
export type Known = Pick<ReadonlyMap<string, Access | undefined>, 'has' | 'get'>

const NAMES: ReadonlyMap<string, Access> = new Map<string, Access>([
  ['pm.response', { of: 'response' }],
  ['pm.response.code', { of: 'status' }],
  ['responseCode.code', { of: 'status' }],
  ['pm.response.status', { of: 'reason' }],
  ['pm.response.responseTime', { of: 'time' }],
  ['responseTime', { of: 'time' }],
  ['responseBody', { of: 'text' }],
])
const GIVEN =
  /^(?:pm\.(?:environment|collectionVariables|globals|variables)\.get|postman\.get(?:Environment|Global)Variable)$/

/** What an expression reads; undefined for what no rule knows. */
export function accessOf(node: AnyNode | undefined | null, known: Known): Access | undefined {
  if (node === undefined || node === null) return undefined
  const text = literalText(node)
  if (text !== undefined) return { of: 'literal', value: text }
  switch (node.type) {
    case 'Literal':
      // The value of a pattern that this engine does not have is null, too.
      return !('regex' in node) &&
        (node.value === null || typeof node.value === 'number' || typeof node.value === 'boolean')
        ? { of: 'literal', value: node.value }
        : undefined
    case 'UnaryExpression': {
      const own = node.operator === '-' ? accessOf(node.argument, known) : undefined
      return own?.of === 'literal' && typeof own.value === 'number'
        ? { of: 'literal', value: -own.value }
        : undefined
    }
    case 'ChainExpression':
      return accessOf(node.expression, known)
    case 'AwaitExpression':
      return accessOf(node.argument, known)
    case 'Identifier':
      return known.has(node.name) ? known.get(node.name) : NAMES.get(node.name)
    case 'MemberExpression':
      return memberOf(node, known)
    case 'CallExpression':
      return callOf(node, known)
    default:
      return undefined
  }
}

function memberOf(node: AnyNode & { type: 'MemberExpression' }, known: Known): Access | undefined {
  const named = NAMES.get(dotted(node) ?? '')
  if (named !== undefined) return named
  const object = accessOf(node.object, known)
  const { property } = node
  const isIndex = property.type === 'Literal' && typeof property.value === 'number'
  return partOf(object, isIndex ? String(property.value) : keyName(property, node.computed))
}

/** What stands under a key of what is read. */
export function partOf(object: Access | undefined, key: string | undefined): Access | undefined {
  if (key === 'length') return madeOf(object, 'length')
  if (object?.of !== 'json' || object.as !== undefined || key === undefined) return undefined
  return { of: 'json', path: [...object.path, /^\d+$/.test(key) ? Number(key) : key] }
}

function callOf(node: AnyNode & { type: 'CallExpression' }, known: Known): Access | undefined {
  const name = dotted(node.callee) ?? ''
  const [first] = node.arguments
  const text = literalText(first)
  if (name === 'pm.response.json') return { of: 'json', path: [] }
  if (name === 'pm.response.text') return { of: 'text' }
  if (name === 'JSON.parse')
    return accessOf(first, known)?.of === 'text' ? { of: 'json', path: [] } : undefined
  if (name === 'Date.now') return { of: 'made', code: 'Date.now()' }
  if (name === 'String') return madeOf(accessOf(first, known), 'text')
  if (/^(?:Number|parseInt|parseFloat)$/.test(name)) return madeOf(accessOf(first, known), 'number')
  if (text !== undefined) {
    if (name === 'pm.response.headers.get' || name === 'postman.getResponseHeader')
      return { of: 'header', name: text }
    if (name === 'pm.cookies.get') return { of: 'cookie', name: text }
    if (GIVEN.test(name)) return { of: 'given', name: text }
    if (name === 'pm.variables.replaceIn') return { of: 'template', name: text }
  }
  if (node.callee.type !== 'MemberExpression') return undefined
  const method = keyName(node.callee.property, node.callee.computed)
  const object = node.callee.object as AnyNode
  if (method === 'toISOString' && object.type === 'NewExpression' && object.arguments.length === 0)
    return dotted(object.callee) === 'Date' ? { of: 'made', code: 'new Date().toISOString()' } : undefined
  if (method === 'toString') return madeOf(accessOf(object, known), 'text')
  if (method === 'trim') return madeOf(accessOf(object, known), 'other')
  // What was read as text before is JSON by its method.
  return method === 'json' && accessOf(object, known)?.of === 'response'
    ? { of: 'json', path: [] }
    : undefined
}

/** What is read, made into something: a value that is known is that already. */
export function madeOf(access: Access | undefined, as: NonNullable<Access['as']>): Access | undefined {
  if (access === undefined) return undefined
  // A variable is a text by itself; what else is done with what is made, no rule can say.
  if (access.of === 'made') return as === 'text' ? access : undefined
  if (access.of !== 'literal') return { ...access, as: access.as === undefined ? as : 'other' }
  const text = String(access.value)
  return {
    of: 'literal',
    value: as === 'length' ? text.length : as === 'number' ? Number(text) : text.trim(),
  }
}

/** `pm.response.code` as text; undefined for what is no such path. */
export function dotted(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'ChainExpression') return dotted(node.expression)
  if (node.type !== 'MemberExpression') return undefined
  const [object, name] = [dotted(node.object), keyName(node.property, node.computed)]
  return object !== undefined && name !== undefined ? `${object}.${name}` : undefined
}

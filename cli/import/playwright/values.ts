import type { AnyNode } from 'acorn'
import { keyName } from '../../project/index.ts'
import { fields, isFields, isMixed } from '../literals.ts'
import type { Fields, Literal, Mixed } from '../recording.ts'

/** Values of constants by their names. */
export type Constants = ReadonlyMap<string, Literal>

/** What an expression is, if that is known without running it. */
export function valueOf(node: AnyNode, known: Constants): Literal | undefined {
  switch (node.type) {
    case 'Literal': {
      if (node.regex) return { type: 'pattern', source: node.regex.pattern, flags: node.regex.flags }
      const { value } = node
      return typeof value === 'string' ||
        typeof value === 'number' ||
        typeof value === 'boolean' ||
        value === null
        ? value
        : undefined
    }
    case 'Identifier':
      return known.get(node.name)
    case 'TemplateLiteral':
      return textOf(node, known)
    case 'UnaryExpression': {
      const value = node.operator === '-' ? valueOf(node.argument, known) : undefined
      return typeof value === 'number' ? -value : undefined
    }
    case 'LogicalExpression':
      // What stands in where a variable is not set: it may be the secret itself.
      return variableIn(node.left)
    case 'MemberExpression':
      return variableIn(node)
    case 'ArrayExpression': {
      const values = node.elements.map((each) => (each ? valueOf(each, known) : undefined))
      return values.every((value) => value !== undefined) ? values : undefined
    }
    case 'ObjectExpression':
      return objectOf(node, known)
    default:
      return undefined
  }
}

/** `process.env.NAME` is a variable, and so not written down. */
function variableIn(node: AnyNode): Mixed | undefined {
  if (node.type !== 'MemberExpression' || node.object.type !== 'MemberExpression') return undefined
  const { object, property } = node.object
  const isEnvironment =
    object.type === 'Identifier' &&
    object.name === 'process' &&
    keyName(property, node.object.computed) === 'env'
  const name = isEnvironment ? keyName(node.property, node.computed) : undefined
  return name !== undefined && /^[A-Za-z_]\w{0,63}$/.test(name)
    ? { type: 'mixed', parts: [{ secret: name }] }
    : undefined
}

function textOf(node: AnyNode & { type: 'TemplateLiteral' }, known: Constants): Literal | undefined {
  const parts: Mixed['parts'][number][] = []
  for (const [index, { value }] of node.quasis.entries()) {
    parts.push(value.cooked ?? '')
    const expression = node.expressions[index]
    if (expression === undefined) continue
    const own = valueOf(expression, known)
    if (isMixed(own)) parts.push(...own.parts)
    else if (typeof own === 'string' || typeof own === 'number') parts.push(String(own))
    else return undefined
  }
  return parts.every((part) => typeof part === 'string') ? parts.join('') : { type: 'mixed', parts }
}

/** The keys of an object whose values are known; `...devices['iPhone 13']` is `devices`. */
export function knownFields(node: AnyNode | undefined, known: Constants): Fields['fields'] {
  if (node?.type !== 'ObjectExpression') return []
  return node.properties.flatMap((property) => {
    if (property.type !== 'Property') return [['devices', true] as const]
    const own = objectOf({ ...node, properties: [property] }, known)
    return isFields(own) ? own.fields : []
  })
}

function objectOf(node: AnyNode & { type: 'ObjectExpression' }, known: Constants): Literal | undefined {
  const entries: [string, Literal][] = []
  for (const property of node.properties) {
    if (property.type !== 'Property') return undefined
    const name = keyName(property.key, property.computed)
    const value = valueOf(property.value, known)
    if (name === undefined || value === undefined) return undefined
    entries.push([name, value])
  }
  return fields(entries)
}

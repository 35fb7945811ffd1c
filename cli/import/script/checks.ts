import type { AnyNode, Expression } from 'acorn'
import { keyName, literalText } from '../../project/index.ts'
import { k6Call, type Rewrite, type Rule } from './rewrite.ts'

/** What a check says of an answer becomes a predicate, which says what came where it fails. */
export const checks: Rule = (node, rewrite) => {
  if (node.type === 'CallExpression' && k6Call(node, rewrite)?.name === 'check') {
    const given = node.arguments.map((argument) => rewrite.print(argument))
    return `${rewrite.use('check')}(${given.join(', ')})`
  }
  if (node.type !== 'ArrowFunctionExpression' || !isChecked(node, rewrite)) return undefined
  const [parameter] = node.params
  if (parameter?.type !== 'Identifier' || node.body.type === 'BlockStatement') return undefined
  return predicateText(node.body, parameter.name, rewrite)
}

/** Whether a function is a value of the object that `check` gets. */
function isChecked(node: AnyNode, rewrite: Rewrite): boolean {
  const { parents } = rewrite.script
  const object = parents.get(parents.get(node) ?? node)
  const call = object && parents.get(object)
  return (
    call?.type === 'CallExpression' && k6Call(call, rewrite)?.name === 'check' && call.arguments[1] === object
  )
}

function predicateText(body: Expression, answer: string, { use }: Rewrite): string | undefined {
  const codes = statusesIn(body, answer)
  if (codes !== undefined) {
    return `${use('status')}(${codes.join(', ')})`
  }
  const text = includedIn(body, answer)
  if (text !== undefined) {
    return `${use('contains')}(${text})`
  }
  if (body.type !== 'BinaryExpression' || !/^<=?$/.test(body.operator)) return undefined
  const [limit] = numbers(body.right)
  if (pathOf(body.left) !== `${answer}.timings.duration` || limit === undefined) return undefined
  return `${use('within')}(${limit})`
}

/** Of `r.status === 200 || r.status === 201` both numbers. */
function statusesIn(body: AnyNode, answer: string): number[] | undefined {
  if (body.type === 'LogicalExpression' && body.operator === '||') {
    const [left, right] = [statusesIn(body.left, answer), statusesIn(body.right, answer)]
    return left && right ? [...left, ...right] : undefined
  }
  if (body.type !== 'BinaryExpression' || !/^===?$/.test(body.operator)) return undefined
  const [number] = numbers(body.right)
  return pathOf(body.left) === `${answer}.status` && number !== undefined ? [number] : undefined
}

/** The text that `r.body.includes('…')` looks for, as source. */
function includedIn(body: AnyNode, answer: string): string | undefined {
  if (body.type !== 'CallExpression' || body.arguments.length !== 1) return undefined
  const text = literalText(body.arguments[0])
  return pathOf(body.callee) === `${answer}.body.includes` && text !== undefined
    ? JSON.stringify(text).replace(/^"([^'\\]*)"$/, "'$1'")
    : undefined
}

const numbers = (node: AnyNode): number[] =>
  node.type === 'Literal' && typeof node.value === 'number' ? [node.value] : []

/** `r.timings.duration` as text; undefined for what is no such path. */
function pathOf(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type !== 'MemberExpression') return undefined
  const [object, name] = [pathOf(node.object), keyName(node.property, node.computed)]
  return object !== undefined && name !== undefined ? `${object}.${name}` : undefined
}

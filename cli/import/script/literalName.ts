import type { AnyNode } from 'acorn'
import { calledName } from '../../../config/called.ts'
import { keyName, literalText, type ParsedScript } from '../../project/index.ts'
import { isLogIn, itemName } from '../secrets/logIn.ts'

/** Functions whose value is still what they got: what it is called says what their argument is. */
const WRAPPERS =
  /^(?:stringify|b64encode|b64decode|btoa|atob|encodeURI(?:Component)?|String|Number|trim|concat|freeze)$/

/** What a text of a script is called: by its field, its variable, its parameter, or the argument before it; empty for none. */
export function literalName(node: AnyNode, script: ParsedScript): string {
  const parent = script.parents.get(node)
  switch (parent?.type) {
    case 'Property':
      return parent.value === node ? fieldName(node, parent, script) : ''
    case 'VariableDeclarator':
    case 'AssignmentPattern':
      return nameOf(parent.type === 'VariableDeclarator' ? parent.id : parent.left)
    case 'PropertyDefinition':
      return parent.key.type === 'PrivateIdentifier'
        ? parent.key.name
        : (keyName(parent.key, parent.computed) ?? '')
    case 'AssignmentExpression':
      return parent.right === node ? nameOf(parent.left) : ''
    case 'LogicalExpression': {
      const own = literalName(parent, script)
      return own === '' && parent.right === node ? nameOf(parent.left) : own
    }
    case 'BinaryExpression':
      if (parent.operator === '+')
        return nameBefore(endOf(parent.left), node === parent.right) ?? literalName(parent, script)
      return comparedName(parent.left === node ? parent.right : parent.left)
    case 'ConditionalExpression':
      return parent.test === node ? '' : literalName(parent, script)
    case 'CallExpression':
    case 'NewExpression':
      return argumentName(node, parent, script)
    case 'TemplateLiteral': {
      const index = parent.expressions.findIndex((one) => one === node)
      return nameBefore(parent.quasis[index]?.value.raw, index >= 0) ?? literalName(parent, script)
    }
    case 'ArrayExpression': {
      const index = parent.elements.findIndex((one) => one === node)
      return itemName(parent.elements.map(literalText), index) ?? literalName(parent, script)
    }
    case 'ObjectExpression':
    case 'ReturnStatement':
    case 'AwaitExpression':
      return literalName(parent, script)
    default:
      return ''
  }
}

/** The name of a field; of `{ name: 'token', value: '…' }` the value's is what the other one says. */
function fieldName(node: AnyNode, property: AnyNode, script: ParsedScript): string {
  const object = script.parents.get(property)
  if (object?.type !== 'ObjectExpression') return ''
  const fields = object.properties.flatMap((one) =>
    one.type === 'Property'
      ? [{ node: one.value, name: keyName(one.key, one.computed) ?? '', text: literalText(one.value) }]
      : [],
  )
  const index = fields.findIndex((field) => field.node === node)
  return calledName(fields, index, literalName(object, script))
}

/** The name of an argument: the function's own for it, or what a text before it says: `set('X-Api-Key', '…')`. */
function argumentName(
  node: AnyNode,
  call: AnyNode & { type: 'CallExpression' | 'NewExpression' },
  script: ParsedScript,
): string {
  const index = call.arguments.findIndex((one) => one === node)
  if (index < 0) return ''
  if (WRAPPERS.test(nameOf(call.callee))) return literalName(call, script)
  const { callee } = call
  const called = nameOf(callee)
  if (index > 0 && isLogIn(called)) return 'password'
  const before = literalText(call.arguments[index - 1])
  if (callee.type !== 'Identifier') return before !== undefined && /^[\w.-]{1,80}$/.test(before) ? before : ''
  const made = functionsOf(script).get(callee.name)
  return made && 'params' in made ? nameOf(made.params[index]) : ''
}

/** The functions of a script by their names, the first of each: each argument of a call asks for one. */
function functionsOf(script: ParsedScript): ReadonlyMap<string, AnyNode> {
  const known = functions.get(script)
  if (known) return known
  const found = new Map<string, AnyNode>()
  for (const own of script.nodes) {
    if (own.type !== 'FunctionDeclaration' && own.type !== 'VariableDeclarator') continue
    const made = own.type === 'VariableDeclarator' ? own.init : own
    if (made && 'params' in made && !found.has(nameOf(own.id))) found.set(nameOf(own.id), made)
  }
  functions.set(script, found)
  return found
}

const functions = new WeakMap<ParsedScript, ReadonlyMap<string, AnyNode>>()

/** What a text ends with in front of a value: `…&password=`. */
const nameBefore = (text: string | undefined, follows: boolean): string | undefined =>
  follows ? /([\w.-]{1,80})["']?\s*[:=]\s*["']?$/.exec(text ?? '')?.[1] : undefined

/** The text that a sum ends with. */
const endOf = (node: AnyNode): string | undefined =>
  node.type === 'BinaryExpression' && node.operator === '+' ? endOf(node.right) : literalText(node)

/** What something is compared with: `response.json('apiKey') === '…'`. */
const comparedName = (node: AnyNode): string =>
  node.type === 'CallExpression' ? (literalText(node.arguments[0]) ?? nameOf(node.callee)) : nameOf(node)

/** The last name of an expression: `token` of `this.token`, `user.token` and `__ENV['token']`. */
function nameOf(node: AnyNode | null | undefined): string {
  if (node?.type === 'Identifier') return node.name
  if (node?.type === 'AssignmentPattern') return nameOf(node.left)
  if (node?.type === 'MemberExpression') return keyName(node.property, node.computed) ?? ''
  return node?.type === 'ChainExpression' ? nameOf(node.expression) : ''
}

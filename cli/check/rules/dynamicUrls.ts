import type { AnyNode } from 'acorn'
import {
  isGlobal,
  originOfNode,
  propertiesOf,
  type ScriptCall,
  type ParsedScript,
} from '../../project/index.ts'

/** The place of the URL and of the parameters among a function's arguments. */
const ARGUMENTS: Readonly<Record<string, readonly [url: number, params: number]>> = {
  get: [0, 1],
  head: [0, 1],
  post: [0, 2],
  put: [0, 2],
  patch: [0, 2],
  del: [0, 2],
  options: [0, 2],
  request: [1, 3],
  asyncRequest: [1, 3],
}

/** Whether a call is a request without a name whose URL is put together, by its text. */
export function isDynamic({ node, origin: { module, path } }: ScriptCall, script: ParsedScript): boolean {
  const places = module === 'k6/http' && path.length === 1 ? ARGUMENTS[path[0] ?? ''] : undefined
  if (!places) return false
  const [url, params] = places
  return isPutTogether(node.arguments[url], script) && !mayBeNamed(node.arguments[params], script)
}

/** Whether a text has something in it that is no constant, after its beginning: that is the target. */
function isPutTogether(node: AnyNode | undefined, script: ParsedScript): boolean {
  if (node?.type === 'Identifier') {
    const init = script.bindings.get(node)?.init
    return init !== undefined && init !== node && /^(TemplateLiteral|BinaryExpression)$/.test(init.type)
      ? isPutTogether(init, script)
      : false
  }
  if (node?.type === 'TemplateLiteral')
    return node.expressions.some((one, index) => {
      const beginning = index === 0 && node.quasis[0]?.value.raw === ''
      return !beginning && !isConstant(one, script)
    })
  if (node?.type === 'BinaryExpression' && node.operator === '+')
    return (
      !isConstant(node.right, script) ||
      (node.left.type === 'BinaryExpression' && isPutTogether(node.left, script))
    )
  return false
}

/** Whether an expression has the same value each time: a literal, or what is declared as one at the top level. */
function isConstant(node: AnyNode, script: ParsedScript, depth = 0): boolean {
  if (depth > 10) return false
  const inner = (one: AnyNode): boolean => isConstant(one, script, depth + 1)
  switch (node.type) {
    case 'Literal':
      return true
    case 'TemplateLiteral':
      return node.expressions.every(inner)
    case 'BinaryExpression':
    case 'LogicalExpression':
      return node.left.type !== 'PrivateIdentifier' && inner(node.left) && inner(node.right)
    case 'MemberExpression':
      return node.object.type !== 'Super' && (isEnv(node.object) || inner(node.object))
    case 'CallExpression':
      return isGlobal(originOfNode(node.callee, script), 'open')
    case 'Identifier': {
      const binding = script.bindings.get(node)
      if (binding?.imported) return true
      return binding?.init !== undefined && inner(binding.init)
    }
    default:
      return false
  }
}

const isEnv = (node: AnyNode): boolean => node.type === 'Identifier' && node.name === '__ENV'

/** Whether the parameters of a request name it, or may: what is not written out may. */
function mayBeNamed(params: AnyNode | undefined, script: ParsedScript): boolean {
  if (params === undefined) return false
  if (params.type === 'Identifier') {
    const init = script.bindings.get(params)?.init
    return init === undefined || init === params || mayBeNamed(init, script)
  }
  if (params.type === 'Literal') return false
  if (params.type !== 'ObjectExpression') return true
  if (params.properties.some(({ type }) => type === 'SpreadElement')) return true
  const tags = propertiesOf(params).find(({ name }) => name === 'tags')?.value
  if (tags === undefined) return false
  return tags.type !== 'ObjectExpression' || propertiesOf(tags).some(({ name }) => name === 'name')
}

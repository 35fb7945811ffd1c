import type { AnyNode } from 'acorn'
import { keyName, literalText } from './nodes.ts'
import type { Names } from './scope.ts'

/** Where a value comes from: a module (`''` for a global), and the names that lead to it there. */
export interface Origin {
  module: string
  path: readonly string[]
}

/** Names that stand for all exports of a module. */
const WHOLE = ['*', 'default']
/** Aliases that are followed at most. */
const MAX_DEPTH = 20

/**
 * Where an expression's value comes from, through imports, `require`, aliases and destructuring: `http.get` comes from
 * `get` of `k6/http`, however it was imported. Undefined for what the script makes itself.
 */
export function originOfNode(node: AnyNode, names: Names, depth = 0): Origin | undefined {
  if (depth > MAX_DEPTH) return undefined
  const of = (inner: AnyNode): Origin | undefined => originOfNode(inner, names, depth + 1)
  switch (node.type) {
    case 'Identifier': {
      const binding = names.bindings.get(node)
      if (!binding) return { module: '', path: [node.name] }
      if (binding.imported) return at({ module: binding.imported.module, path: [] }, binding.imported.name)
      const made = binding.init && of(binding.init)
      return made && (binding.path ?? []).reduce(at, made)
    }
    case 'MemberExpression': {
      const name = keyName(node.property, node.computed)
      const object = name === undefined ? undefined : of(node.object)
      return object && name !== undefined ? at(object, name) : undefined
    }
    case 'CallExpression': {
      const [first] = node.arguments
      const module = literalText(first)
      const callee = of(node.callee)
      if (isGlobal(callee, 'require')) return module === undefined ? undefined : { module, path: [] }
      // What bundlers wrap `require` in: `__toESM(require('k6/http'))`.
      const wrapped = callee === undefined && first?.type === 'CallExpression' ? of(first) : undefined
      return wrapped?.path.length === 0 ? wrapped : undefined
    }
    case 'NewExpression': {
      const made = of(node.callee)
      return made && { ...made, path: [...made.path, 'new'] }
    }
    case 'ChainExpression':
      return of(node.expression)
    case 'SequenceExpression': {
      const last = node.expressions.at(-1)
      return last && of(last)
    }
    default:
      return undefined
  }
}

function at(origin: Origin, name: string): Origin {
  const { module, path } = origin
  return module !== '' && path.length === 0 && WHOLE.includes(name)
    ? origin
    : { module, path: [...path, name] }
}

/** Whether a value is the global of that name. */
export const isGlobal = (origin: Origin | undefined, ...path: string[]): boolean =>
  origin?.module === '' && origin.path.join('.') === path.join('.')

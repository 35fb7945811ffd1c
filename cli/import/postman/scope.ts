import type { AnyNode } from 'acorn'
import { childrenOf } from '../../project/index.ts'
import type { Access, Known } from './access.ts'

/** What the names of a script stand for at the place that is read. */
export interface Scope extends Known {
  /** A name of this block, or, by `var`, of its function; undefined where no rule can read its value. */
  declare: (name: string, access: Access | undefined, kind: string) => void
  /** Gives a name that is declared here or further out another value; one that is nowhere is the script's own. */
  assign: (name: string, access: Access | undefined) => void
  inner: (kind: 'function' | 'block') => Scope
}

/** The names of a script, none yet, or of a function or block in `outer`. */
export function scopeIn(outer?: Scope, isBlock = false): Scope {
  const own = new Map<string, Access | undefined>()
  const scope: Scope = {
    has: (name) => own.has(name) || outer?.has(name) === true,
    get: (name) => (own.has(name) ? own.get(name) : outer?.get(name)),
    declare(name, access, kind) {
      if (kind === 'var' && isBlock) outer?.declare(name, access, kind)
      else own.set(name, access)
    },
    assign(name, access) {
      if (own.has(name) || outer === undefined) own.set(name, access)
      else outer.assign(name, access)
    },
    inner: (kind) => scopeIn(scope, kind === 'block'),
  }
  return scope
}

/** Methods that change the list that they are called on. */
const CHANGING = /^(?:sort|reverse|push|pop|shift|unshift|splice|fill|copyWithin)$/

/** The names whose values a part of a script may change: those that are its own are nowhere else. */
export function changedIn(node: AnyNode): string[] {
  const target = targetOf(node)
  const local = new Set(localOf(node))
  const inner = childrenOf(node).flatMap(changedIn)
  return [...(target ? namesIn(target) : []), ...inner.filter((name) => !local.has(name))]
}

function localOf(node: AnyNode): string[] {
  if ('params' in node) return [...node.params.flatMap(namesIn), ...declaredIn(node.body)]
  if (node.type !== 'BlockStatement') return []
  return node.body.flatMap((one) =>
    one.type === 'VariableDeclaration' && one.kind !== 'var' ? declaredIn(one) : [],
  )
}

const declaredIn = (node: AnyNode): string[] =>
  node.type === 'VariableDeclarator' ? namesIn(node.id) : childrenOf(node).flatMap(declaredIn)

/** What a node gives another value. */
function targetOf(node: AnyNode): AnyNode | null | undefined {
  switch (node.type) {
    case 'AssignmentExpression':
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left
    case 'UpdateExpression':
      return node.argument
    case 'UnaryExpression':
      return node.operator === 'delete' ? node.argument : undefined
    case 'VariableDeclarator':
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id
    case 'CallExpression': {
      const { callee } = node
      const isChange =
        callee.type === 'MemberExpression' &&
        callee.property.type === 'Identifier' &&
        CHANGING.test(callee.property.name)
      return isChange ? callee.object : undefined
    }
    default:
      return undefined
  }
}

/** The names of a pattern; of `data.items[0]` that of the whole. */
export function namesIn(target: AnyNode): string[] {
  switch (target.type) {
    case 'Identifier':
      return [target.name]
    case 'MemberExpression':
      return namesIn(target.object)
    case 'ChainExpression':
      return namesIn(target.expression)
    case 'CallExpression':
      return namesIn(target.callee)
    case 'Property':
      return namesIn(target.value)
    case 'AssignmentPattern':
      return namesIn(target.left)
    default:
      return childrenOf(target).flatMap(namesIn)
  }
}

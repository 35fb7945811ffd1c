import type { AnyNode } from 'acorn'
import { originOfNode } from '../syntax/origin.ts'
import type { ParsedScript } from '../syntax/script.ts'

/** A variable that a script reads from `__ENV` by name. */
export interface Variable {
  name: string
  /** Where it is read first. */
  node: AnyNode
  /** Whether the script says somewhere what to do without it. */
  guarded: boolean
}

/** The variables that a script reads by name, in order. */
export function variablesOf(script: ParsedScript): Variable[] {
  const found = new Map<string, Variable>()
  for (const node of script.nodes) {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') continue
    const origin = originOfNode(node, script)
    const [object, name, ...more] = origin?.path ?? []
    if (origin?.module !== '' || object !== '__ENV' || name === undefined || more.length > 0) continue
    const known = found.get(name) ?? { name, node, guarded: false }
    found.set(name, { ...known, guarded: known.guarded || isGuarded(node, script) })
  }
  return [...found.values()]
}

/** Whether the value is asked for, compared, written or replaced, rather than used as it is. */
function isGuarded(node: AnyNode, { parents, bindings }: ParsedScript): boolean {
  if (node.type === 'Identifier' && bindings.get(node)?.defaulted) return true
  const parent = parents.get(node)
  switch (parent?.type) {
    case 'LogicalExpression':
      return true
    case 'ConditionalExpression':
    case 'IfStatement':
      return parent.test === node
    case 'UnaryExpression':
      return parent.operator === '!' || parent.operator === 'typeof'
    case 'BinaryExpression':
      return /^(===?|!==?|in)$/.test(parent.operator)
    case 'AssignmentExpression':
      return parent.left === node
    default:
      return false
  }
}

/** Something to stand in each variable: a URL where it sounds like one, else `1`. */
export const placeholders = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => [name, /url|host|target|endpoint|base|domain/i.test(name) ? PLACEHOLDER : '1']),
  )

/** The placeholder URL for a target that is not given. */
export const PLACEHOLDER = 'http://127.0.0.1:9'

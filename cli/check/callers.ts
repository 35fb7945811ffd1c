import type { AnyNode } from 'acorn'
import type { ParsedScript } from '../project/index.ts'

/** Calls of calls that are followed. */
const MAX_DEPTH = 6

/** The nearest call that leads to a node of a script, and for which something holds; undefined where there is none. */
export function callerOf(
  node: AnyNode,
  script: ParsedScript,
  holds: (call: AnyNode) => boolean,
  depth = 0,
): AnyNode | undefined {
  if (depth > MAX_DEPTH) return undefined
  const calls = callsTo(node, script)
  return calls.find(holds) ?? calls.map((call) => callerOf(call, script, holds, depth + 1)).find(Boolean)
}

/** The calls of the functions that a node is in. */
function callsTo(node: AnyNode, { nodes, parents, bindings }: ParsedScript): AnyNode[] {
  const names = new Set<object>()
  for (let at: AnyNode | undefined = node; at !== undefined; at = parents.get(at)) {
    const parent = parents.get(at)
    const id =
      at.type === 'FunctionDeclaration' ? at.id : parent?.type === 'VariableDeclarator' ? parent.id : null
    const isFunction = at.type.includes('Function')
    const binding = isFunction && id?.type === 'Identifier' ? bindings.get(id) : undefined
    if (binding !== undefined) names.add(binding)
  }
  return nodes.filter(
    (one) =>
      one.type === 'CallExpression' &&
      one.callee.type === 'Identifier' &&
      names.has(bindings.get(one.callee) ?? one),
  )
}

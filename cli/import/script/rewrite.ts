import type { AnyNode } from 'acorn'
import { childrenOf, originOfNode, type ParsedScript } from '../../project/index.ts'
import type { Note } from '../recording.ts'

/** A rule: what a node becomes; undefined where it stays as it is. */
export type Rule = (node: AnyNode, rewrite: Rewrite) => string | undefined

/** A script that is being rewritten. */
export interface Rewrite {
  code: string
  script: ParsedScript
  /** What it uses of `loadwright`. */
  used: Set<string>
  /** A name of `loadwright` as the script has to write it: another one where it has that name itself. */
  use: (name: string) => string
  /** What stays as it was, and why. */
  left: Note[]
  /** What a person should look at. */
  look: Note[]
  /** Statements that were moved elsewhere. */
  moved: Set<AnyNode>
  /** A node as source, with all rules applied to it. */
  print: (node: AnyNode) => string
}

/** Prepares a script for rewriting by rules; the first that knows a node says what it becomes. */
export function rewriteOf(code: string, script: ParsedScript, rules: readonly Rule[]): Rewrite {
  const rewrite: Rewrite = {
    code,
    script,
    used: new Set(),
    use(name) {
      const own = declares(code, name) ? `${name}Of` : name
      rewrite.used.add(own === name ? name : `${name} as ${own}`)
      return own
    },
    left: [],
    look: [],
    moved: new Set(),
    print(node) {
      for (const rule of rules) {
        const text = rule(node, rewrite)
        if (text !== undefined) return text
      }
      return printed(node, rewrite)
    },
  }
  return rewrite
}

/** Whether a script gives a name to something of its own. */
export const declares = (code: string, name: string): boolean =>
  new RegExp(
    `\\b(?:const|let|var|function|class)\\s+(?:\\{[^}]*\\b)?${name}\\b|[(,]\\s*${name}\\s*(?:,[^()]*)?\\)\\s*=>`,
  ).test(code)

/** A node as it was written, with what is in it rewritten. */
export function printed(node: AnyNode, { code, print }: Rewrite): string {
  let text = ''
  let at = node.start
  for (const child of childrenOf(node).toSorted((a, b) => a.start - b.start)) {
    // A short field is its key and its value at once.
    if (child.start < at) continue
    text += code.slice(at, child.start) + print(child)
    at = child.end
  }
  return text + code.slice(at, node.end)
}

/** `group` of `k6`, `get` of `k6/http`: what is called, where it is k6's. */
export function k6Call(node: AnyNode, { script }: Rewrite): { module: string; name: string } | undefined {
  if (node.type !== 'CallExpression') return undefined
  const origin = originOfNode(node.callee, script)
  const name = origin?.path.filter((part) => part !== 'default' && part !== '*').join('.')
  return origin !== undefined && name !== undefined && /^k6(?:\/|$)/.test(origin.module)
    ? { module: origin.module, name }
    : undefined
}

/** `line 12`. */
export const placeOf = (node: AnyNode, { code }: Rewrite): string =>
  `line ${code.slice(0, node.start).split('\n').length}`

/** Whether one of k6's groups runs a node: it is inside its function, or inside one that is called there. */
export function inGroup(node: AnyNode, rewrite: Rewrite, seen = new Set<string>()): boolean {
  const { parents, nodes } = rewrite.script
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) {
    if (k6Call(at, rewrite)?.name === 'group') return true
    const name = functionName(at, parents.get(at))
    if (name === undefined || seen.has(name)) continue
    seen.add(name)
    for (const call of nodes)
      if (isCallOf(call, name) && (k6Call(call, rewrite)?.name === 'group' || inGroup(call, rewrite, seen)))
        return true
  }
  return false
}

/** What a function is called by; undefined of what is no function, or has no name. */
function functionName(node: AnyNode, parent: AnyNode | undefined): string | undefined {
  if (node.type === 'FunctionDeclaration') return (node.id as { name: string } | null)?.name
  if (node.type !== 'FunctionExpression' && node.type !== 'ArrowFunctionExpression') return undefined
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined
}

/** Whether a function of this name is called, or given to a group. */
function isCallOf(node: AnyNode, name: string): boolean {
  if (node.type !== 'CallExpression') return false
  const isName = (one: AnyNode | undefined): boolean => one?.type === 'Identifier' && one.name === name
  return isName(node.callee) || node.arguments.some(isName)
}

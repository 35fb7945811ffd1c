import type { AnyNode, Identifier, Program } from 'acorn'
import { analyze, type Definition } from 'eslint-scope'
import { childrenOf, keyName } from './nodes.ts'

/** What a name stands for where it is declared. */
export interface Binding {
  /** An import: its module, and the name that the module exports it by; `*` for all of it. */
  imported?: { module: string; name: string }
  /** A variable: the expression that it is declared with. */
  init?: AnyNode
  /** A part of `init` that destructuring took: the keys that lead there. */
  path?: readonly string[]
  /** Destructuring gives something where that is undefined. */
  defaulted?: boolean
}

/** A program's names: what each identifier stands for, and the parent of each node. */
export interface Names {
  /** Every node but identifiers that are mere words, parents before their children, as written. */
  nodes: readonly AnyNode[]
  /** What declares each identifier; undefined for a global. */
  bindings: ReadonlyMap<Identifier, Binding | undefined>
  parents: ReadonlyMap<AnyNode, AnyNode>
  /** The names that a declaration declares. */
  declaredBy: (declaration: AnyNode) => string[]
}

/** The nodes of eslint-scope are those of acorn: both are ESTree's. */
type Analyzed = Parameters<typeof analyze>[0]

/**
 * Resolves every identifier of a program to what declares it, as the language's scopes have it. The tree needs ranges.
 * @param ecmaVersion the edition that the program was parsed by
 */
export function namesOf(program: Program, ecmaVersion: number): Names {
  const parents = new Map<AnyNode, AnyNode>()
  const all = walk(program, parents)
  const sourceType = program.sourceType === 'module' ? 'module' : 'commonjs'
  const manager = analyze(program as Analyzed, { ecmaVersion, sourceType, ignoreEval: true })
  const bindings = new Map<AnyNode, Binding | undefined>()
  for (const { variables } of manager.scopes)
    for (const { defs, identifiers, references } of variables) {
      const definition = defs.at(-1)
      const binding = definition && bindingOf(definition, parents)
      for (const node of identifiers) bindings.set(node as Identifier, binding)
      for (const { identifier } of references) bindings.set(identifier as Identifier, binding)
    }
  for (const { identifier } of manager.globalScope?.through ?? [])
    bindings.set(identifier as Identifier, undefined)
  return {
    parents,
    bindings: bindings as Names['bindings'],
    nodes: all.filter((node) => node.type !== 'Identifier' || bindings.has(node)),
    declaredBy: (declaration) =>
      manager.getDeclaredVariables(declaration as Analyzed).map(({ name }) => name),
  }
}

/** Adds a node and all below it, parents before their children; a node that stands under two keys comes once. */
function walk(node: AnyNode, parents: Map<AnyNode, AnyNode>, nodes: AnyNode[] = []): AnyNode[] {
  nodes.push(node)
  for (const child of childrenOf(node)) {
    if (parents.has(child)) continue
    parents.set(child, node)
    walk(child, parents, nodes)
  }
  return nodes
}

function bindingOf(definition: Definition, parents: Names['parents']): Binding {
  const [name, node] = [definition.name, definition.node] as [AnyNode, AnyNode]
  if (definition.type === 'ImportBinding')
    return { imported: { module: String(definition.parent.source.value), name: importedName(node) } }
  const defaulted = parents.get(name)?.type === 'AssignmentPattern'
  const init = node.type === 'VariableDeclarator' ? node.init : undefined
  const path = init ? pathTo(name, node, parents) : undefined
  return init && path ? { defaulted, init, path } : { defaulted }
}

function importedName(specifier: AnyNode): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*'
  if (specifier.type === 'ImportSpecifier') return keyName(specifier.imported, false) ?? ''
  return 'default'
}

/** The keys that lead from a declarator's value to a name in its pattern; undefined where they cannot be told, as in lists. */
function pathTo(name: AnyNode, declarator: AnyNode, parents: Names['parents']): string[] | undefined {
  const path: string[] = []
  for (let at = parents.get(name); at && at !== declarator; at = parents.get(at)) {
    if (at.type === 'ArrayPattern' || at.type === 'RestElement') return undefined
    if (at.type !== 'Property') continue
    const key = keyName(at.key, at.computed)
    if (key === undefined) return undefined
    path.unshift(key)
  }
  return path
}

import type { AnyNode, Identifier, Program } from 'acorn'
import { childrenOf, keyName } from './nodes.ts'
import { boundIn } from './patterns.ts'

/** What a name stands for where it is declared. */
export interface Binding {
  name: string
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
  /** Every node that is no mere word, parents before their children, as written. */
  nodes: readonly AnyNode[]
  /** Undefined for a global. */
  bindings: ReadonlyMap<Identifier, Binding | undefined>
  parents: ReadonlyMap<AnyNode, AnyNode>
}

interface Scope {
  names: Map<string, Binding>
  outer?: Scope
  /** Where `var` goes. */
  ofFunction: Scope
}

function open(outer: Scope | undefined, isFunction: boolean): Scope {
  const scope = { names: new Map<string, Binding>(), ...(outer && { outer }) } as Scope
  scope.ofFunction = isFunction || outer === undefined ? scope : outer.ofFunction
  return scope
}

/** Resolves every identifier of a program to what declares it, as the language's scopes have it. */
export function namesOf(program: Program): Names {
  const scopes = new Map<AnyNode, Scope>()
  const bindings = new Map<Identifier, Binding | undefined>()
  const parents = new Map<AnyNode, AnyNode>()
  const nodes: AnyNode[] = []
  const top = open(undefined, true)
  scopes.set(program, top)
  for (const node of program.body) declare(node, top, scopes)
  resolve(program, top)
  return { bindings, parents, nodes }

  function resolve(node: AnyNode, around: Scope): void {
    const scope = scopes.get(node) ?? around
    nodes.push(node)
    if (node.type === 'Identifier') bindings.set(node, lookUp(node.name, scope))
    for (const child of childrenOf(node, unresolved(node))) {
      parents.set(child, node)
      resolve(child, scope)
    }
  }
}

function lookUp(name: string, scope: Scope): Binding | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const found = at.names.get(name)
    if (found) return found
  }
  return undefined
}

/** The keys under which identifiers are words, not references. */
function unresolved(node: AnyNode): readonly string[] {
  switch (node.type) {
    case 'MemberExpression':
      return node.computed ? [] : ['property']
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return node.computed ? [] : ['key']
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return ['label']
    case 'ImportSpecifier':
      return ['imported']
    case 'ExportSpecifier':
      return ['exported']
    case 'ExportNamedDeclaration':
      return node.source ? ['specifiers'] : []
    case 'ExportAllDeclaration':
      return ['exported']
    case 'MetaProperty':
      return ['meta', 'property']
    default:
      return []
  }
}

function declare(node: AnyNode, scope: Scope, scopes: Map<AnyNode, Scope>): void {
  const into = (inner: Scope, nodes: readonly AnyNode[]): void => {
    for (const each of nodes) declare(each, inner, scopes)
  }
  const opened = (isFunction: boolean): Scope => {
    const inner = open(scope, isFunction)
    scopes.set(node, inner)
    return inner
  }
  switch (node.type) {
    case 'ImportDeclaration':
      for (const specifier of node.specifiers) {
        const name = importedName(specifier)
        const module = String(node.source.value)
        scope.names.set(specifier.local.name, { name: specifier.local.name, imported: { module, name } })
      }
      return
    case 'VariableDeclaration':
      for (const { id, init } of node.declarations)
        bind(id, node.kind === 'var' ? scope.ofFunction : scope, init ?? undefined)
      into(scope, childrenOf(node))
      return
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const { id } = node
      if (id && node.type === 'FunctionDeclaration') bind(id, scope)
      const inner = opened(true)
      if (id && node.type === 'FunctionExpression') bind(id, inner)
      for (const parameter of node.params) bind(parameter, inner)
      into(inner, node.params)
      // The body of a function has no scope beside the parameters'.
      into(inner, node.body.type === 'BlockStatement' ? node.body.body : [node.body])
      return
    }
    case 'ClassDeclaration':
      // A default export may have none.
      if (node.id) bind(node.id, scope)
      into(scope, childrenOf(node))
      return
    case 'ClassExpression': {
      const inner = opened(false)
      if (node.id) bind(node.id, inner)
      into(inner, childrenOf(node))
      return
    }
    case 'CatchClause': {
      const inner = opened(false)
      if (node.param) bind(node.param, inner)
      into(inner, childrenOf(node))
      return
    }
    case 'BlockStatement':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'SwitchStatement':
    case 'StaticBlock':
      into(opened(node.type === 'StaticBlock'), childrenOf(node))
      return
    default:
      into(scope, childrenOf(node))
  }
}

function importedName(specifier: AnyNode): string {
  if (specifier.type === 'ImportNamespaceSpecifier') return '*'
  if (specifier.type === 'ImportSpecifier') return keyName(specifier.imported, false) ?? ''
  return 'default'
}

/** Declares the names of a pattern, each with the way to its value. */
function bind(pattern: AnyNode, scope: Scope, init?: AnyNode): void {
  for (const { name, path, defaulted } of boundIn(pattern))
    scope.names.set(name, { name, defaulted, ...(init && path && { init, path }) })
}

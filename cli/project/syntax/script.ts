import {
  parse,
  type AnyNode,
  type CallExpression,
  type ImportDeclaration,
  type NewExpression,
  type Program,
} from 'acorn'
import { keyName, literalText } from './nodes.ts'
import { isGlobal, originOfNode, type Origin } from './origin.ts'
import { namesOf, type Names } from './scope.ts'

/** The edition of the language that Synthetic Monitoring's form parses. */
export const ECMA_VERSION = 2023

/** One module that a script asks for. */
export interface Import {
  module: string
  how: 'import' | 'export' | 'require' | 'dynamic'
  /** The names asked for; `*` for all. */
  names: readonly { name: string; node: AnyNode }[]
  node: AnyNode
}

/** A call (or `new`) of something that is not the script's own. */
export interface ScriptCall {
  node: CallExpression | NewExpression
  origin: Origin
}

/** What the text of a script says. */
export interface ParsedScript extends Names {
  program: Program
  /** A module of the language; else CommonJS, as k6 reads what has no import, export or top-level `await`. */
  isModule: boolean
  imports: readonly Import[]
  /** The names that a module exports. */
  exports: ReadonlySet<string>
  calls: readonly ScriptCall[]
}

/** Why a text is not a module of the language, and where. */
export interface SyntaxProblem {
  message: string
  offset: number
}

/** A text that was read: as a module, or with the reason why it is none; then perhaps still as CommonJS. */
export interface ParseResult {
  script?: ParsedScript
  problem?: SyntaxProblem
}

const HOW = { ecmaVersion: ECMA_VERSION, ranges: true } as const

/** Reads a script as k6 does: as a module, else as CommonJS. Throws nothing. */
export function parseScript(code: string): ParseResult {
  try {
    return { script: readProgram(parse(code, { ...HOW, sourceType: 'module' })) }
  } catch (error) {
    const problem = problemOf(error)
    try {
      const how = { ...HOW, sourceType: 'script', allowReturnOutsideFunction: true } as const
      return { problem, script: readProgram(parse(code, how)) }
    } catch {
      return { problem }
    }
  }
}

function problemOf(error: unknown): SyntaxProblem {
  const { message, pos } = error as { message: string; pos?: number }
  // A stack that overflowed has no place.
  if (pos === undefined) return { message: `it is nested too deeply (${message})`, offset: 0 }
  return { message: message.replace(/ \(\d+:\d+\)$/, ''), offset: pos }
}

function readProgram(program: Program): ParsedScript {
  const names = namesOf(program, ECMA_VERSION)
  const { nodes } = names
  const calls = nodes.flatMap((node): ScriptCall[] => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return []
    const origin = originOfNode(node.callee, names)
    return origin ? [{ node, origin }] : []
  })
  const imports = nodes.flatMap(importsOf)
  const required = calls.flatMap(({ node, origin }): Import[] => {
    const module = isGlobal(origin, 'require') ? literalText(node.arguments[0]) : undefined
    return module === undefined ? [] : [{ module, how: 'require', names: [], node }]
  })
  return {
    program,
    calls,
    ...names,
    imports: [...imports, ...required],
    isModule: nodes.some((node) => isOfModules(node, names)),
    exports: new Set(program.body.flatMap((node) => exportedBy(node, names))),
  }
}

function isOfModules(node: AnyNode, { parents }: Names): boolean {
  if (/^(Import|Export)\w*Declaration$/.test(node.type)) return true
  if (node.type !== 'AwaitExpression' && !(node.type === 'ForOfStatement' && node.await)) return false
  for (let at = parents.get(node); at !== undefined; at = parents.get(at))
    if (at.type.includes('Function')) return false
  return true
}

/** Whether a script awaits at its top level. */
export const awaitsAtTop = (script: ParsedScript): boolean =>
  script.nodes.some(
    (node) => /^(AwaitExpression|ForOfStatement)$/.test(node.type) && isOfModules(node, script),
  )

function importsOf(node: AnyNode): Import[] {
  switch (node.type) {
    case 'ImportDeclaration':
      return [{ module: String(node.source.value), how: 'import', names: namesIn(node), node }]
    case 'ExportNamedDeclaration': {
      if (!node.source) return []
      const names = node.specifiers.map(({ local }) => ({ name: keyName(local, false) ?? '', node: local }))
      return [{ module: String(node.source.value), how: 'export', names, node }]
    }
    case 'ExportAllDeclaration':
      return [{ module: String(node.source.value), how: 'export', names: [{ name: '*', node }], node }]
    case 'ImportExpression':
      return [{ module: literalText(node.source) ?? '', how: 'dynamic', names: [], node }]
    default:
      return []
  }
}

function namesIn({ specifiers }: ImportDeclaration): Import['names'] {
  return specifiers.map((node) => {
    if (node.type === 'ImportNamespaceSpecifier') return { name: '*', node }
    if (node.type === 'ImportDefaultSpecifier') return { name: 'default', node }
    return { name: keyName(node.imported, false) ?? '', node }
  })
}

function exportedBy(node: Program['body'][number], { declaredBy }: Names): string[] {
  if (node.type === 'ExportDefaultDeclaration') return ['default']
  if (node.type === 'ExportAllDeclaration') return node.exported ? [keyName(node.exported, false) ?? ''] : []
  if (node.type !== 'ExportNamedDeclaration') return []
  const own = node.declaration ? declaredBy(node.declaration) : []
  return [...own, ...node.specifiers.map(({ exported }) => keyName(exported, false) ?? '')]
}

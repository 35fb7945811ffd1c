import type { AnyNode, Statement } from 'acorn'
import { literalText, parseScript } from '../../project/index.ts'
import { accessOf, dotted, type Access } from './access.ts'
import { claimsIn, conditionIn } from './claims.ts'
import type { Claim } from './claim.ts'
import { predicateOf } from './predicate.ts'

/** What a script of Postman says, as far as rules can read it. */
export interface ReadScript {
  tests: readonly { name: string; claim: Claim }[]
  sets: readonly { name: string; access: Access }[]
  /** What no rule could read, as it was written. */
  kept: readonly string[]
}

/** Longer scripts are a program of their own. */
const MAX_CHARACTERS = 100_000
const SETS =
  /^(?:pm\.(?:environment|collectionVariables|globals|variables)\.set|postman\.set(?:Environment|Global)Variable)$/
/** What a journey does by itself, or needs not. */
const NEEDLESS =
  /^(?:console\.\w+|pm\.(?:environment|collectionVariables|globals|variables)\.(?:unset|clear)|postman\.clear\w+)$/

/** Reads a script: tests as claims, variables that it sets, and the rest as text. Throws nothing. */
export function readScript(code: string): ReadScript {
  const { script } = code.length > MAX_CHARACTERS ? {} : parseScript(code)
  if (script === undefined) return { tests: [], sets: [], kept: [code] }
  const read = { tests: [] as { name: string; claim: Claim }[], sets: [] as ReadScript['sets'][number][] }
  const known = new Map<string, Access>()
  const kept: { text: string; declares: boolean }[] = []

  const declared = (node: AnyNode & { type: 'VariableDeclaration' }): boolean => {
    const all = node.declarations.map(({ id, init }) => {
      const access = id.type === 'Identifier' ? accessOf(init, known) : undefined
      if (access !== undefined && id.type === 'Identifier') known.set(id.name, access)
      return access !== undefined || (id.type === 'Identifier' && !init)
    })
    return all.every(Boolean)
  }
  /** Whether a statement could be read. */
  const statement = (node: Statement | AnyNode, test: string | undefined): boolean => {
    switch (node.type) {
      case 'EmptyStatement':
        return true
      case 'VariableDeclaration':
        return declared(node)
      case 'BlockStatement':
        return node.body.map((one) => statement(one, test)).every(Boolean)
      case 'IfStatement':
        return onlySets(node, test)
      case 'ExpressionStatement':
        return node.directive !== undefined || expression(node.expression, test)
      default:
        return false
    }
  }
  /** A condition in front of what is set says that the value is there, which the journey asks by itself. */
  const onlySets = (node: AnyNode & { type: 'IfStatement' }, test: string | undefined): boolean => {
    if (node.alternate || (conditionIn(node.test, known) ?? accessOf(node.test, known)) === undefined)
      return false
    const before = [read.tests.length, read.sets.length] as const
    if (statement(node.consequent, test) && read.tests.length === before[0]) return true
    read.tests.length = before[0]
    read.sets.length = before[1]
    return false
  }
  const expression = (node: AnyNode, test: string | undefined): boolean => {
    if (node.type === 'AssignmentExpression') return assigned(node)
    if (node.type === 'CallExpression') {
      const name = dotted(node.callee) ?? ''
      if (NEEDLESS.test(name)) return true
      if (SETS.test(name)) return set(node.arguments)
      if (name === 'pm.test') return tested(node.arguments)
    }
    const claims = test === undefined ? undefined : claimsIn(node, known)
    if (test === undefined || claims?.every(canSay) !== true) return false
    for (const claim of claims) read.tests.push({ name: test, claim })
    return true
  }
  const set = ([key, value]: readonly AnyNode[]): boolean => {
    const name = literalText(key)
    const access = accessOf(value, known)
    if (name === undefined || access === undefined) return false
    read.sets.push({ name, access })
    return true
  }
  const tested = ([title, run]: readonly AnyNode[]): boolean => {
    const name = literalText(title)
    const isFunction = run?.type === 'FunctionExpression' || run?.type === 'ArrowFunctionExpression'
    if (name === undefined || !isFunction || run.params.length > 0) return false
    return run.body.type === 'BlockStatement' ? statement(run.body, name) : expression(run.body, name)
  }
  /** `tests['name'] = …`, as older scripts have it; else a variable that is declared elsewhere. */
  const assigned = (node: AnyNode & { type: 'AssignmentExpression' }): boolean => {
    const { left, right } = node
    if (left.type === 'Identifier') {
      const access = node.operator === '=' ? accessOf(right, known) : undefined
      if (access !== undefined) known.set(left.name, access)
      return access !== undefined
    }
    const isTest = left.type === 'MemberExpression' && dotted(left.object) === 'tests'
    const name = isTest ? literalText(left.property) : undefined
    const claim = conditionIn(right, known)
    if (name === undefined || claim === undefined || !canSay(claim)) return false
    read.tests.push({ name, claim })
    return true
  }

  for (const node of script.program.body)
    if (!statement(node, undefined))
      kept.push({ text: code.slice(node.start, node.end), declares: node.type === 'VariableDeclaration' })
  return { ...read, kept: kept.every(({ declares }) => declares) ? [] : kept.map(({ text }) => text) }
}

/** Whether a predicate says what a test claims, once the variables have values. */
const canSay = (claim: Claim): boolean =>
  predicateOf(claim, ({ of }) => (of === 'given' ? '0' : undefined)) !== undefined

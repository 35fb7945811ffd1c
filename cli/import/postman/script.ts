import type { AnyNode, Statement, VariableDeclarator } from 'acorn'
import { keyName, literalText, parseScript } from '../../project/index.ts'
import { accessOf, dotted, partOf, type Access } from './access.ts'
import { claimsIn, conditionIn } from './claims.ts'
import type { Claim } from './claim.ts'
import { predicateOf } from './predicate.ts'
import { sentHeader } from './sentHeader.ts'
import { changedIn, namesIn, scopeIn, type Scope } from './scope.ts'

/** What a script of Postman says, as far as rules can read it. */
export interface ReadScript {
  tests: readonly { name: string; claim: Claim }[]
  sets: readonly { name: string; access: Access }[]
  /** Headers that it gives its request. */
  headers: readonly (readonly [name: string, value: string])[]
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
  if (script === undefined) return { tests: [], sets: [], headers: [], kept: [code] }
  const read = {
    tests: [] as { name: string; claim: Claim }[],
    sets: [] as ReadScript['sets'][number][],
    headers: [] as ReadScript['headers'][number][],
  }
  const kept: { text: string; declares: boolean }[] = []

  /** Whether a statement could be read; what one that could not may have changed is known no longer. */
  const statement = (node: Statement | AnyNode, test: string | undefined, known: Scope): boolean => {
    const isRead = readStatement(node, test, known)
    const parts: (AnyNode | null | undefined)[] =
      node.type === 'VariableDeclaration' ? node.declarations.map(({ init }) => init) : [node]
    // What is set under a condition is so sometimes.
    if (!isRead || node.type === 'IfStatement')
      for (const part of parts) for (const name of part ? changedIn(part) : []) known.assign(name, undefined)
    return isRead
  }
  const readStatement = (node: Statement | AnyNode, test: string | undefined, known: Scope): boolean => {
    switch (node.type) {
      case 'EmptyStatement':
        return true
      case 'VariableDeclaration':
        return node.declarations.map((one) => declared(one, node.kind, known)).every(Boolean)
      case 'BlockStatement': {
        const inner = known.inner('block')
        return node.body.map((one) => statement(one, test, inner)).every(Boolean)
      }
      case 'IfStatement':
        return onlySets(node, test, known)
      case 'ExpressionStatement':
        return node.directive !== undefined || expression(node.expression, test, known)
      default:
        return false
    }
  }
  /** `const data = …`, and `const { id, name: own } = …`. */
  const declared = ({ id, init }: VariableDeclarator, kind: string, known: Scope): boolean => {
    const whole = accessOf(init, known)
    if (id.type === 'Identifier') {
      if (init || kind !== 'var') known.declare(id.name, whole, kind)
      return whole !== undefined || !init
    }
    for (const name of namesIn(id)) known.declare(name, undefined, kind)
    if (id.type !== 'ObjectPattern') return false
    const parts = id.properties.map((one): boolean => {
      if (one.type !== 'Property' || one.value.type !== 'Identifier') return false
      const part = partOf(whole, keyName(one.key, one.computed))
      known.declare(one.value.name, part, kind)
      return part !== undefined
    })
    return parts.every(Boolean)
  }
  /** A condition in front of what is set says that the value is there, which the journey asks by itself. */
  const onlySets = (
    node: AnyNode & { type: 'IfStatement' },
    test: string | undefined,
    known: Scope,
  ): boolean => {
    if (node.alternate || (conditionIn(node.test, known) ?? accessOf(node.test, known)) === undefined)
      return false
    const before = [read.tests.length, read.sets.length, read.headers.length] as const
    const isRead = statement(node.consequent, test, known)
    if (isRead && read.tests.length === before[0] && read.headers.length === before[2]) return true
    read.tests.length = before[0]
    read.sets.length = before[1]
    read.headers.length = before[2]
    return false
  }
  const expression = (node: AnyNode, test: string | undefined, known: Scope): boolean => {
    if (node.type === 'AssignmentExpression') return assigned(node, known)
    if (node.type === 'CallExpression') {
      const name = dotted(node.callee) ?? ''
      if (NEEDLESS.test(name)) return true
      if (SETS.test(name)) return set(node.arguments, known)
      const header = test === undefined ? sentHeader(node, known) : undefined
      if (header !== undefined) return read.headers.push(header) > 0
      if (name === 'pm.test') return tested(node.arguments, known)
    }
    const claims = test === undefined ? undefined : claimsIn(node, known)
    if (test === undefined || claims?.every(canSay) !== true) return false
    for (const claim of claims) read.tests.push({ name: test, claim })
    return true
  }
  const set = ([key, value]: readonly AnyNode[], known: Scope): boolean => {
    const name = literalText(key)
    const access = accessOf(value, known)
    if (name === undefined || access === undefined) return false
    read.sets.push({ name, access })
    return true
  }
  const tested = ([title, run]: readonly AnyNode[], known: Scope): boolean => {
    const name = literalText(title)
    const isFunction = run?.type === 'FunctionExpression' || run?.type === 'ArrowFunctionExpression'
    if (name === undefined || !isFunction || run.params.length > 0) return false
    const inner = known.inner('function')
    return run.body.type === 'BlockStatement'
      ? statement(run.body, name, inner)
      : expression(run.body, name, inner)
  }
  /** `tests['name'] = …`, as older scripts have it; else a variable that is declared elsewhere. */
  const assigned = (node: AnyNode & { type: 'AssignmentExpression' }, known: Scope): boolean => {
    const { left, right } = node
    if (left.type === 'Identifier') {
      const access = node.operator === '=' ? accessOf(right, known) : undefined
      if (access !== undefined) known.assign(left.name, access)
      return access !== undefined
    }
    const isTest = left.type === 'MemberExpression' && dotted(left.object) === 'tests'
    const name = isTest ? literalText(left.property) : undefined
    const claim = conditionIn(right, known)
    if (name === undefined || claim === undefined || !canSay(claim)) return false
    read.tests.push({ name, claim })
    return true
  }

  const known = scopeIn()
  for (const node of script.program.body)
    if (!statement(node, undefined, known))
      kept.push({ text: code.slice(node.start, node.end), declares: node.type === 'VariableDeclaration' })
  return { ...read, kept: kept.every(({ declares }) => declares) ? [] : kept.map(({ text }) => text) }
}

/** Whether a predicate says what a test claims, once the variables have values. */
const canSay = (claim: Claim): boolean =>
  predicateOf(claim, ({ of }) => (of === 'given' ? '0' : undefined)) !== undefined

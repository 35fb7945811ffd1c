import type { AnyNode } from 'acorn'
import { literalText } from '../../project/index.ts'
import { fields } from '../literals.ts'
import { readChain } from './act.ts'
import { add, addPage, type Body } from './body.ts'
import { awaited, chainOf, type Chain } from './chain.ts'
import { foundBy } from './elements.ts'
import { knownFields, valueOf } from './values.ts'

/** What opens and closes browsers: the journey does that itself. */
const PLUMBING = new Set([
  'browser',
  'context',
  'console',
  'chromium',
  'firefox',
  'webkit',
  'devices',
  'playwright',
])

/** Reads statements in their order. */
export function readStatements(body: Body, nodes: readonly AnyNode[]): void {
  for (const node of nodes) readStatement(body, node)
}

function readStatement(body: Body, node: AnyNode): void {
  switch (node.type) {
    case 'ExpressionStatement':
      if (!readExpression(body, awaited(node.expression))) unread(body, node)
      return
    case 'VariableDeclaration':
      for (const { id, init } of node.declarations)
        if (id.type !== 'Identifier' || !init || !readVariable(body, id.name, init)) unread(body, node)
      return
    case 'BlockStatement': {
      readStatements(body, node.body)
      return
    }
    case 'TryStatement': {
      readStatements(body, node.block.body)
      return
    }
    case 'EmptyStatement':
    case 'ImportDeclaration':
    case 'FunctionDeclaration':
      return
    default:
      unread(body, node)
  }
}

/** What decides, repeats or calls the author's own functions is no recording. */
function unread(body: Body, node: AnyNode): void {
  const what = /^(?:If|Switch)/.test(node.type)
    ? 'a condition'
    : /^(?:For|While|DoWhile)/.test(node.type)
      ? 'a loop'
      : 'code of its own'
  add(body, node, 'page', { type: 'left', why: `it is ${what}, and no recorded action` })
}

function readExpression(body: Body, node: AnyNode): boolean {
  if (node.type === 'Literal') return true
  const chain = chainOf(node)
  if (chain === undefined) return false
  if (chain.root === 'test') return readOwnStep(body, chain)
  return PLUMBING.has(chain.root) || readChain(body, node, chain)
}

/** `test.step('log in', async () => { … })`. */
function readOwnStep(body: Body, { links }: Chain): boolean {
  const [link] = links
  if (link?.name !== 'step' || link.given === undefined) return false
  const [title, own] = link.given
  if (own?.type !== 'ArrowFunctionExpression' || own.body.type !== 'BlockStatement') return false
  const outer = body.step
  body.step = outer ?? literalText(title)
  readStatements(body, own.body.body)
  body.step = outer
  return true
}

function readVariable(body: Body, name: string, init: AnyNode): boolean {
  const node = awaited(init)
  const value = valueOf(node, body.constants)
  if (value !== undefined) {
    body.constants.set(name, value)
    return true
  }
  if (node.type === 'Identifier' && body.promised.has(node.name)) return readPromised(body, name, node.name)
  const chain = chainOf(node)
  if (chain === undefined) return false
  const last = chain.links.at(-1)
  if (last?.name === 'waitForEvent') {
    const event = literalText(last.given?.[0])
    if (event !== 'popup' && event !== 'page' && event !== 'download') return false
    body.promised.set(name, event === 'download' ? 'download' : 'page')
    if (event === 'download')
      body.left.push({ place: `line ${body.lineOf(node)}`, text: 'the download itself is not waited for' })
    return true
  }
  if (last?.name === 'newPage') {
    addPage(body, name)
    return true
  }
  if (last?.name === 'newContext') {
    body.context = fields(knownFields(last.given?.[0], body.constants))
    return true
  }
  if (PLUMBING.has(chain.root)) return true
  const found = foundBy(body, chain)
  if (found === undefined || typeof found === 'string' || found.rest.length > 0 || found.target.length === 0)
    return false
  body.elements.set(name, found)
  return true
}

/** What an act has opened: the act before knows it from now on. */
function readPromised(body: Body, name: string, promise: string): boolean {
  if (body.promised.get(promise) === 'download') return true
  const last = body.actions.at(-1)
  const opens = addPage(body, name)
  if (last?.deed.type !== 'act') return false
  body.actions[body.actions.length - 1] = { ...last, opens }
  return true
}

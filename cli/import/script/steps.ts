import type { AnyNode, CallExpression } from 'acorn'
import { inGroup, k6Call, placeOf, printed, type Rewrite, type Rule } from './rewrite.ts'

/** Groups become steps, and pauses think time: a pause at the end of a group moves behind it. */
export const steps: Rule = (node, rewrite) => {
  if (rewrite.moved.has(node)) return ''
  if (node.type === 'ExpressionStatement' && node.expression.type === 'CallExpression')
    return groupStatement(node, node.expression, rewrite)
  const called = k6Call(node, rewrite)
  if (node.type !== 'CallExpression' || called?.module !== 'k6') return undefined
  if (called.name === 'group') return groupCall(node, rewrite)
  if (called.name !== 'sleep') return undefined
  if (!inGroup(node, rewrite)) return named('think', node, rewrite)
  rewrite.look.push({
    place: placeOf(node, rewrite),
    text: 'sleep() counts as time of its step: move it between steps',
  })
  return undefined
}

/** A group with the pause at its end behind it. */
function groupStatement(node: AnyNode, call: CallExpression, rewrite: Rewrite): string | undefined {
  if (k6Call(call, rewrite)?.name !== 'group' || inGroup(call, rewrite)) return undefined
  const body = call.arguments[1]
  const block =
    body !== undefined && 'body' in body && !Array.isArray(body.body) && body.body.type === 'BlockStatement'
      ? body.body.body
      : []
  const last = block.at(-1)
  if (last?.type !== 'ExpressionStatement' || k6Call(last.expression, rewrite)?.name !== 'sleep')
    return undefined
  rewrite.moved.add(last)
  const pause = named('think', last.expression as CallExpression, rewrite)
  const { code } = rewrite
  const indent = /[ \t]*$/.exec(code.slice(0, node.start))?.[0] ?? ''
  const text = printed(node, rewrite).replace(/\s*\n([ \t]*\}\)?;?)$/, '\n$1')
  return `${text}\n${indent}${pause}${code.slice(node.start, node.end).endsWith(';') ? ';' : ''}`
}

function groupCall(node: CallExpression, rewrite: Rewrite): string | undefined {
  if (!inGroup(node, rewrite)) return named('step', node, rewrite)
  rewrite.left.push({
    place: placeOf(node, rewrite),
    text: 'a group in a group: a step has no steps, so it stays k6’s',
  })
  return undefined
}

/** A call by another name. */
function named(name: string, node: CallExpression, rewrite: Rewrite): string {
  return `${rewrite.use(name)}(${node.arguments.map((argument) => rewrite.print(argument)).join(', ')})`
}

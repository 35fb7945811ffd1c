import type { AnyNode, Expression, SpreadElement } from 'acorn'

/** A part of a chain: `.getByRole('button')`, or without `given` a plain property, as `.not`. */
export interface Link {
  name: string
  given?: readonly (Expression | SpreadElement)[]
}

/** A chain of calls that begins with a name: `page.getByRole('button').click()`, `expect(…).toBeVisible()`. */
export interface Chain {
  root: string
  /** What the root itself was called with, as `expect` is. */
  called?: readonly (Expression | SpreadElement)[]
  links: readonly Link[]
}

/** What an expression is without its `await`. */
export const awaited = (node: AnyNode): AnyNode => (node.type === 'AwaitExpression' ? node.argument : node)

/** An expression as a chain; undefined where it is anything else. */
export function chainOf(node: AnyNode): Chain | undefined {
  const links: Link[] = []
  let at: AnyNode = node
  for (;;) {
    if (at.type === 'ChainExpression') at = at.expression
    else if (at.type === 'CallExpression' && at.callee.type === 'MemberExpression') {
      const name = nameIn(at.callee)
      if (name === undefined) return undefined
      links.unshift({ name, given: at.arguments })
      at = at.callee.object
    } else if (at.type === 'MemberExpression') {
      const name = nameIn(at)
      if (name === undefined) return undefined
      links.unshift({ name })
      at = at.object
    } else if (at.type === 'CallExpression' && at.callee.type === 'Identifier')
      return { root: at.callee.name, called: at.arguments, links }
    else return at.type === 'Identifier' ? { root: at.name, links } : undefined
  }
}

const nameIn = (node: AnyNode & { type: 'MemberExpression' }): string | undefined =>
  !node.computed && node.property.type === 'Identifier' ? node.property.name : undefined

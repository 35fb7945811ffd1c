import type { AnyNode } from 'acorn'
import { literalText } from '../../project/index.ts'
import { templateOf } from '../traffic/template.ts'
import type { Rewrite } from './rewrite.ts'

/** An address of a script, taken apart. */
export interface ScriptAddress {
  /** `https://shop.example.com`; undefined where only a variable says it. */
  origin?: string
  /** The path as source, in backticks or quotes. */
  path: string
  /** The name of requests to it. */
  name: string
}

/** Takes an address apart: literals, templates and sums that begin with an origin, or with a constant that is one. */
export function addressIn(node: AnyNode, rewrite: Rewrite): ScriptAddress | undefined {
  const parts = partsOf(node, rewrite)
  const [first, ...rest] = parts ?? []
  if (first === undefined) return undefined
  const base = typeof first === 'string' ? first : baseOf(first, rewrite)
  if (base === undefined) return undefined
  const [, origin, start = ''] = /^(https?:\/\/[^/?#]+)(.*)$/s.exec(base) ?? []
  if (base !== '' && origin === undefined) return undefined
  const path = [start, ...rest]
  const whole = path.filter((part) => typeof part === 'string').join('')
  if (!whole.startsWith('/') && whole !== '') return undefined
  const source = path
    .map((part) =>
      typeof part === 'string' ? part.replace(/[`\\]|\$\{/g, '\\$&') : `\${${rewrite.print(part)}}`,
    )
    .join('')
  const plain = path.every((part) => typeof part === 'string') && !/['\\`]/.test(whole)
  const name = path.map((part) => (typeof part === 'string' ? part : ':id')).join('')
  return {
    ...(origin === undefined ? undefined : { origin }),
    path: plain ? `'${source === '' ? '/' : source}'` : `\`${source}\``,
    name: templateOf(name.replace(/[?#].*$/s, '') || '/'),
  }
}

/** What a text consists of: texts, and expressions. */
function partsOf(node: AnyNode, rewrite: Rewrite): (string | AnyNode)[] | undefined {
  const text = literalText(node)
  if (text !== undefined) return [text]
  if (node.type === 'TemplateLiteral') {
    const parts = node.quasis.flatMap(({ value }, index): (string | AnyNode)[] => {
      const expression = node.expressions[index]
      const own = value.cooked ?? value.raw
      return [...(own === '' ? [] : [own]), ...(expression === undefined ? [] : [expression])]
    })
    return parts
  }
  // What k6 names requests by: http.url`…`.
  if (node.type === 'TaggedTemplateExpression') return partsOf(node.quasi, rewrite)
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [partsOf(node.left, rewrite), partsOf(node.right, rewrite)]
    return left && right ? [...left, ...right] : undefined
  }
  return [node]
}

/** The address that a constant holds; empty where a variable of the shell does. */
function baseOf(node: AnyNode, { script }: Rewrite): string | undefined {
  if (node.type === 'LogicalExpression') return literalText(node.right)
  if (node.type === 'MemberExpression')
    return node.object.type === 'Identifier' && node.object.name === '__ENV' ? '' : undefined
  if (node.type !== 'Identifier') return undefined
  const init = script.bindings.get(node)?.init
  if (init === undefined) return undefined
  return literalText(init) ?? (init.type === 'Identifier' ? undefined : baseOf(init, { script } as Rewrite))
}

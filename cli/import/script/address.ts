import type { AnyNode } from 'acorn'
import { keyName, literalText } from '../../project/index.ts'
import { templateOf } from '../traffic/template.ts'
import type { Rewrite } from './rewrite.ts'

/** An address of a script, taken apart. */
export interface ScriptAddress {
  /** `https://shop.example.com`, or `__ENV.API_URL` where only a variable says it; undefined of a path alone. */
  base?: string
  /** The path as source, in backticks or quotes. */
  path: string
  /** The name of requests to it. */
  name: string
  /** Whether an expression has the whole path, so that the name says nothing of it. */
  isOpen?: boolean
}

/** Takes an address apart: literals, templates and sums that begin with an origin, or with a constant that is one. */
export function addressIn(node: AnyNode, rewrite: Rewrite): ScriptAddress | undefined {
  const parts = partsOf(node, rewrite)
  const [first, ...rest] = parts ?? []
  if (first === undefined) return undefined
  const text = typeof first === 'string' ? first : baseOf(first, rewrite)
  if (text === undefined) return undefined
  const [, base, start = ''] = /^(https?:\/\/[^/?#]+|__ENV\.\w+)(.*)$/s.exec(text) ?? []
  if (text !== '' && base === undefined) return undefined
  const path = start === '' ? rest : [start, ...rest]
  const [begins] = path
  if (typeof begins === 'string' && !/^[/?]/.test(begins)) return undefined
  const source = path
    .map((part) =>
      typeof part === 'string' ? part.replace(/[`\\]|\$\{/g, '\\$&') : `\${${rewrite.print(part)}}`,
    )
    .join('')
  const plain = path.every((part) => typeof part === 'string' && !/['\\`]/.test(part))
  return {
    ...(base === undefined ? undefined : { base }),
    path: plain ? `'${source === '' ? '/' : source}'` : `\`${source}\``,
    ...nameOf(start, rest, rewrite),
  }
}

/** The name of requests to a path behind that of the base; `isOpen` where an expression has all of it. */
function nameOf(
  start: string,
  rest: readonly (string | AnyNode)[],
  { script }: Rewrite,
): Pick<ScriptAddress, 'name' | 'isOpen'> {
  const known = rest.map((part) => {
    if (typeof part === 'string') return part
    const init = part.type === 'Identifier' ? script.bindings.get(part)?.init : undefined
    return init === undefined ? undefined : literalText(init)
  })
  const [first] = rest
  // What a path begins with is no id.
  const word = typeof first === 'object' && first.type === 'Identifier' ? first.name : 'path'
  const begins = `${start.endsWith('/') ? '' : '/'}:${word}`
  const text = start + known.map((part, index) => part ?? (index === 0 ? begins : ':id')).join('')
  const isOpen = rest.length === 1 && known[0] === undefined
  return { name: templateOf(text.replace(/[?#].*$/s, '') || '/'), ...(isOpen ? { isOpen } : undefined) }
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

/** The address that a constant holds; `__ENV.NAME` where a variable of the shell does. */
function baseOf(node: AnyNode, { script }: Rewrite): string | undefined {
  if (node.type === 'LogicalExpression') return literalText(node.right)
  if (node.type === 'MemberExpression') {
    const name = keyName(node.property, node.computed)
    const isEnv = node.object.type === 'Identifier' && node.object.name === '__ENV'
    return isEnv && name !== undefined && /^\w+$/.test(name) ? `__ENV.${name}` : undefined
  }
  if (node.type !== 'Identifier') return undefined
  const init = script.bindings.get(node)?.init
  if (init === undefined) return undefined
  return literalText(init) ?? (init.type === 'Identifier' ? undefined : baseOf(init, { script } as Rewrite))
}

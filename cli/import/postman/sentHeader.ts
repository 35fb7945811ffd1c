import type { AnyNode } from 'acorn'
import { literalText, propertiesOf } from '../../project/index.ts'
import { accessOf, dotted, type Known } from './access.ts'

const SENDS = /^pm\.request\.(?:headers\.(?:add|upsert)|addHeader|upsertHeader)$/

/** The header that a script gives its request, with variables as `{{name}}`; undefined of what no rule can read. */
export function sentHeader(
  node: AnyNode & { type: 'CallExpression' },
  known: Known,
): readonly [name: string, value: string] | undefined {
  const [given] = node.arguments
  if (!SENDS.test(dotted(node.callee) ?? '') || given === undefined) return undefined
  if (given.type !== 'ObjectExpression') {
    const [, name, value = ''] = /^\s*([^:\s]+)\s*:\s*(.*)$/.exec(textOf(given, known) ?? '') ?? []
    return name === undefined ? undefined : [name, value]
  }
  const fields = propertiesOf(given)
  const [name, value] = ['key', 'value'].map((key) => {
    const field = fields.find((one) => one.name === key)
    return field && textOf(field.value, known)
  })
  const others = given.properties.length > fields.length || fields.some((one) => one.name === 'disabled')
  return name === undefined || value === undefined || others ? undefined : [name, value]
}

/** A text of literals and variables. */
function textOf(node: AnyNode, known: Known): string | undefined {
  if (node.type === 'BinaryExpression' && node.operator === '+')
    return joined([textOf(node.left, known), textOf(node.right, known)])
  if (node.type === 'TemplateLiteral' && literalText(node) === undefined)
    return joined(
      node.quasis.flatMap(({ value }, index) => {
        const expression = node.expressions[index]
        return [value.cooked ?? undefined, ...(expression ? [textOf(expression, known)] : [])]
      }),
    )
  const access = accessOf(node, known)
  if (access?.as !== undefined) return undefined
  if (access?.of === 'literal') return String(access.value)
  if (access?.of === 'given') return `{{${access.name}}}`
  return access?.of === 'template' ? access.name : undefined
}

const joined = (parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : parts.join('')

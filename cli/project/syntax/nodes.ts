import type { AnyNode, TemplateLiteral } from 'acorn'

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** The nodes directly below one. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = []
  for (const key in node) {
    const value = node[key as keyof AnyNode] as unknown
    if (typeof value !== 'object' || value === null) continue
    if (Array.isArray(value)) {
      for (const each of value as unknown[]) if (isNode(each)) children.push(each)
    } else if (isNode(value)) children.push(value)
  }
  return children
}

/** The text of a string literal, or of a template without expressions; undefined for anything else. */
export function literalText(node: AnyNode | null | undefined): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return cooked(node)
  return undefined
}

const cooked = ({ quasis }: TemplateLiteral): string | undefined => quasis[0]?.value.cooked ?? undefined

/** The name of a property that is written out: `a` of `x.a`, `x['a']`, `{ a: 1 }` and `{ 'a': 1 }`. */
export function keyName(key: AnyNode, computed: boolean): string | undefined {
  if (!computed && key.type === 'Identifier') return key.name
  if (key.type === 'PrivateIdentifier') return undefined
  return literalText(key) ?? (key.type === 'Literal' && !computed ? String(key.value) : undefined)
}

/** The properties of an object literal that have a name, with their values; spreads and methods are left out. */
export function propertiesOf(
  node: AnyNode | null | undefined,
): { name: string; value: AnyNode; key: AnyNode }[] {
  if (node?.type !== 'ObjectExpression') return []
  return node.properties.flatMap((property) => {
    if (property.type !== 'Property') return []
    const name = keyName(property.key, property.computed)
    return name === undefined ? [] : [{ name, value: property.value, key: property.key }]
  })
}

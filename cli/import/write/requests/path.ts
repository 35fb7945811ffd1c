import type { Draft } from '../../traffic/draft.ts'
import { isPlain, mixed, type Key, type Value } from '../../traffic/value.ts'
import { fieldNode, textNode } from './value.ts'
import { call, object, type Node } from '../node.ts'

/** The path of a request, with its query, behind an origin where it has to be said. */
export function pathNode({ path, query, exchange }: Draft, used: Set<string>, origin = ''): Node {
  const whole = mixed([origin, ...path.flatMap((part): Value[] => ['/', part])])
  const raws = /\?([^#]*)/.exec(exchange.url)?.[1]
  if (query.length === 0 || raws === undefined) return textNode(whole)
  if (query.every((pair) => pair.every(isPlain))) return textNode(mixed([whole, `?${raws}`]))
  used.add('query')
  const before = textNode(whole)
  const parameters = object(fieldsOf(query).map(fieldNode))
  return call(`${before.text} + query`, parameters)
}

/** A text of digits as the number that is written so. */
const numberOf = (value: Value): Value =>
  typeof value === 'string' && /^(?:0|[1-9]\d{0,8})$/.test(value) ? Number(value) : value

/** Fields by name: several of one name are a list. */
export function fieldsOf(pairs: readonly (readonly [Key, Value])[]): [Key, Value][] {
  const fields = new Map<string, { name: Key; values: Value[] }>()
  for (const [name, value] of pairs) {
    const { values } = fields.get(JSON.stringify(name)) ?? { values: [] }
    fields.set(JSON.stringify(name), { name, values: [...values, value] })
  }
  return [...fields.values()].map(({ name, values }) => {
    const [only] = values
    return [name, values.length === 1 && only !== undefined ? numberOf(only) : values]
  })
}

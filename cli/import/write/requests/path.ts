import { keyText } from '../../../project/index.ts'
import type { Draft } from '../../traffic/draft.ts'
import { isPlain, mixed, type Value } from '../../traffic/value.ts'
import { textNode, valueNode } from './value.ts'
import { call, object, type Node } from '../node.ts'

/** The path of a request, with its query, behind an origin where it has to be said. */
export function pathNode({ path, query, exchange }: Draft, used: Set<string>, origin = ''): Node {
  const whole = mixed([origin, ...path.flatMap((part): Value[] => ['/', part])])
  const raws = /\?([^#]*)/.exec(exchange.url)?.[1]
  if (query.length === 0 || raws === undefined) return textNode(whole)
  if (query.every(([, value]) => isPlain(value))) return textNode(mixed([whole, `?${raws}`]))
  used.add('query')
  const before = textNode(whole)
  const parameters = object(fieldsOf(query).map(([name, value]) => [keyText(name), valueNode(value)]))
  return call(`${before.text} + query`, parameters)
}

/** A text of digits as the number that is written so. */
const numberOf = (value: Value): Value =>
  typeof value === 'string' && /^(?:0|[1-9]\d{0,8})$/.test(value) ? Number(value) : value

/** Fields by name: several of one name are a list. */
export function fieldsOf(pairs: readonly (readonly [string, Value])[]): [string, Value][] {
  const fields = new Map<string, Value[]>()
  for (const [name, value] of pairs) fields.set(name, [...(fields.get(name) ?? []), value])
  return [...fields].map(([name, values]) => {
    const [only] = values
    return [name, values.length === 1 && only !== undefined ? numberOf(only) : values]
  })
}

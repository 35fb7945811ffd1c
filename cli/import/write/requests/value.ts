import { keyText, quoted, templateText } from '../../../project/index.ts'
import { isKind, type Key, type Value } from '../../traffic/value.ts'
import { list, object, raw, type Node, type Raw } from '../node.ts'

/** A value as source. */
export function valueNode(value: Value): Node {
  if (typeof value === 'string' || isKind(value, 'code') || isKind(value, 'mixed')) return textNode(value)
  if (isKind(value, 'fields')) return object(value.fields.map(fieldNode))
  if (Array.isArray(value)) return list((value as readonly Value[]).map(valueNode))
  return raw(JSON.stringify(value))
}

/** A field as source; a name that is a value is computed. */
export const fieldNode = ([name, value]: readonly [Key, Value]): [string, Node] => [
  typeof name === 'string' ? keyText(name) : `[${textNode(name).text}]`,
  valueNode(value),
]

/** A text as source, whatever is in it. */
export function textNode(value: Value): Raw {
  if (isKind(value, 'code')) return raw(value.text)
  if (isKind(value, 'mixed'))
    return raw(
      templateText(value.parts.map((part) => (typeof part === 'string' ? part : { code: part.text }))),
    )
  return raw(quoted(typeof value === 'string' ? value : JSON.stringify(value)))
}

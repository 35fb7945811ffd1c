import { keyText, quoted, templateText } from '../../../project/index.ts'
import { isKind, type Value } from '../../traffic/value.ts'
import { list, object, raw, type Node, type Raw } from '../node.ts'

/** A value as source. */
export function valueNode(value: Value): Node {
  if (typeof value === 'string' || isKind(value, 'code') || isKind(value, 'mixed')) return textNode(value)
  if (isKind(value, 'fields'))
    return object(value.fields.map(([name, own]) => [keyText(name), valueNode(own)]))
  if (Array.isArray(value)) return list((value as readonly Value[]).map(valueNode))
  return raw(JSON.stringify(value))
}

/** A text as source, whatever is in it. */
export function textNode(value: Value): Raw {
  if (isKind(value, 'code')) return raw(value.text)
  if (isKind(value, 'mixed'))
    return raw(
      templateText(value.parts.map((part) => (typeof part === 'string' ? part : { code: part.text }))),
    )
  return raw(quoted(typeof value === 'string' ? value : JSON.stringify(value)))
}

import type { AnyNode } from 'acorn'
import { keyName } from './nodes.ts'

/** A name that a pattern declares. */
export interface Bound {
  name: string
  /** The keys that lead to its value; null where they cannot be told, as in lists. */
  path: readonly string[] | null
  /** Something else is taken where the value is undefined. */
  defaulted: boolean
}

/** The names that a pattern declares: an identifier alone, or what destructuring takes. */
export function boundIn(pattern: AnyNode, path: Bound['path'] = [], defaulted = false): Bound[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{ name: pattern.name, path, defaulted }]
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => {
        if (property.type === 'RestElement') return boundIn(property.argument, null)
        const key = keyName(property.key, property.computed)
        return boundIn(property.value, path && key !== undefined ? [...path, key] : null)
      })
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? boundIn(element, null) : []))
    case 'AssignmentPattern':
      return boundIn(pattern.left, path, true)
    case 'RestElement':
      return boundIn(pattern.argument, null)
    default:
      return []
  }
}

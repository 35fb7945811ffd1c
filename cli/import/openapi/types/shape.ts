import type { Declaration, FieldType, Type } from './type.ts'

/** How a value is written into an address or a form: as a text, as several, or as several with names. */
export type Shape = 'plain' | 'list' | 'object' | 'other'

type Named = ReadonlyMap<string, Declaration>

/** The shape of a type. */
export function shapeOf(type: Type, named: Named): Shape {
  switch (type.kind) {
    case 'raw': {
      const declaration = named.get(type.text)
      if (declaration !== undefined) return shapeOf(declaration.type, named)
      return type.text === 'unknown' || type.text === 'null' ? 'other' : 'plain'
    }
    case 'array':
      return shapeOf(type.of, named) === 'plain' ? 'list' : 'other'
    case 'object':
      return 'object'
    case 'both':
      return 'object'
    case 'union': {
      const shapes = new Set(type.of.filter((one) => !isNull(one)).map((one) => shapeOf(one, named)))
      const [only] = shapes
      return shapes.size === 1 && only !== undefined ? only : 'other'
    }
  }
}

/** The fields of an object's type, whichever of its parts has them; none where it may have any. */
export function fieldsOf(type: Type, named: Named): readonly FieldType[] {
  if (type.kind === 'object') return type.fields
  if (type.kind === 'both') return type.of.flatMap((one) => fieldsOf(one, named))
  const declaration = type.kind === 'raw' ? named.get(type.text) : undefined
  return declaration === undefined ? [] : fieldsOf(declaration.type, named)
}

/** Whether a type is that of nothing. */
export const isNull = (type: Type): boolean => type.kind === 'raw' && type.text === 'null'

/** A type without nothing. */
export const withoutNull = (type: Type): Type => {
  if (type.kind !== 'union') return type
  const of = type.of.filter((one) => !isNull(one))
  const [only] = of
  return of.length === 1 && only !== undefined ? only : { kind: 'union', of }
}

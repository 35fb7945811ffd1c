/** A part of the source that is laid out by its width. */
export type Node = Raw | Obj | List | Call | Arrow

/** Source that is not broken. */
export interface Raw {
  type: 'raw'
  text: string
}

/** An object; a field whose value is its own name stands alone. */
interface Obj {
  type: 'object'
  fields: readonly (readonly [key: string, value: Node])[]
}

/** A list. */
interface List {
  type: 'list'
  items: readonly Node[]
}

/** A call. */
interface Call {
  type: 'call'
  name: string
  given: readonly Node[]
}

/** A function that gives an object. */
interface Arrow {
  type: 'arrow'
  gives: Obj
}

export const raw = (text: string): Raw => ({ type: 'raw', text })
export const object = (fields: Obj['fields']): Obj => ({ type: 'object', fields })
export const list = (items: readonly Node[]): List => ({ type: 'list', items })
export const call = (name: string, ...given: Node[]): Call => ({ type: 'call', name, given })
export const arrow = (gives: Obj): Arrow => ({ type: 'arrow', gives })

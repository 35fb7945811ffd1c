import { UNKNOWN, union, both, type Declaration, type Type } from './type.ts'

/** Declarations of which none is itself: where a type would be, `unknown` stands. Lists and objects may have themselves in them. */
export function brokenLoops(declarations: readonly Declaration[]): Declaration[] {
  const types = new Map(declarations.map(({ name, type }) => [name, type]))
  const state = new Map<string, 'open' | 'done'>()
  /** Whether a type is being looked at: `A | B` that is A says no more than B. */
  const isOpen = (type: Type): boolean => type.kind === 'raw' && state.get(type.text) === 'open'
  const within = (type: Type): Type => {
    switch (type.kind) {
      case 'raw':
        return types.has(type.text) && visit(type.text) ? UNKNOWN : type
      case 'union':
      case 'both': {
        const of = type.of.filter((one) => !isOpen(one)).map(within)
        return type.kind === 'union' ? union(of) : both(of)
      }
      default:
        return type
    }
  }
  /** Whether a type is being looked at already, so that it would be itself. */
  const visit = (name: string): boolean => {
    const known = state.get(name)
    if (known !== undefined) return known === 'open'
    state.set(name, 'open')
    types.set(name, within(types.get(name) ?? UNKNOWN))
    state.set(name, 'done')
    return false
  }
  for (const { name } of declarations) visit(name)
  return declarations.map((one) => ({ ...one, type: types.get(one.name) ?? one.type }))
}

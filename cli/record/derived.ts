import type { Recorded } from './states.ts'

/**
 * What follows from the series of a store, computed once for all who ask before they change: those of many k6 are tens of
 * thousands, and are asked about hundreds of times.
 */
export function derived<Value>(
  compute: (all: readonly Recorded[]) => Value,
): (all: readonly Recorded[]) => Value {
  const known = new WeakMap<readonly Recorded[], { readonly value: Value }>()
  return (all) => {
    const before = known.get(all)
    if (before) return before.value
    const value = compute(all)
    known.set(all, { value })
    return value
  }
}

/** Groups the series of a store by a key. */
export const groupedBy = (
  keyOf: (one: Recorded) => string,
): ((all: readonly Recorded[]) => ReadonlyMap<string, readonly Recorded[]>) =>
  derived((all) => {
    const groups = new Map<string, Recorded[]>()
    for (const one of all) {
      const key = keyOf(one)
      const group = groups.get(key)
      if (group) group.push(one)
      else groups.set(key, [one])
    }
    return groups
  })

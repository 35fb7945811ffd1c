const made = new WeakSet()

/** Whether a value stands in for whatever a script reads. */
export const isStandIn = (value: unknown): boolean => typeof value === 'function' && made.has(value)

/**
 * A value that can be called, constructed, awaited, asked for anything and written to, and does nothing. As a text it is
 * `stand-in`, as a number 1; iterated it gives `items`, or without them itself, once. `heard` gets the first argument of
 * each call.
 */
export function standInModule(items?: readonly unknown[], heard?: (first: unknown) => void): unknown {
  const get = (_: unknown, key: string | symbol): unknown => {
    if (key === 'then') return undefined
    if (key === 'toJSON' || key === 'toString') return () => 'stand-in'
    if (key === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 1 : 'stand-in')
    if (key === Symbol.iterator) return () => (items ?? [it])[Symbol.iterator]()
    return typeof key === 'symbol' ? undefined : it
  }
  const called = (given: readonly unknown[]): object => {
    if (given.length > 0) heard?.(given[0])
    return it
  }
  // A function, because only those may be called and constructed.
  const it: object = new Proxy(
    function (): undefined {
      return undefined
    },
    {
      get,
      set: () => true,
      has: () => true,
      apply: (_, __, given) => called(given),
      construct: (_, given) => called(given),
    },
  )
  made.add(it)
  return it
}

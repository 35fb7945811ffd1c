import type { Core } from '../core.ts'
import { asText } from '../text.ts'
import { deepFreeze } from '../options.ts'
import { isAsyncFunction, isNew } from '../realm.ts'

/** The module `k6/data`. */
export function dataModule(core: Core) {
  const { realm } = core
  const immutable = () => {
    throw new realm.TypeError('SharedArray is immutable')
  }
  const build = (name: string, make: unknown): string[] => {
    if (isAsyncFunction(make)) {
      throw new core.GoError('SharedArray constructor does not support async functions as second argument')
    }
    if (typeof make !== 'function') {
      throw new core.GoError("a function is expected as the second argument of SharedArray's constructor")
    }
    const known = core.arrays.get(name)
    if (known !== undefined) return known
    const made: unknown = (make as () => unknown)()
    if (!Array.isArray(made)) throw new core.GoError('only arrays can be made into SharedArray')
    const rows = Array.from(made as unknown[], (row) => asText(JSON.stringify(row)))
    core.arrays.set(name, rows)
    core.seen.sharedArrays.push({ name, length: rows.length, rows })
    return rows
  }
  function SharedArray(this: unknown, name?: unknown, make?: unknown) {
    if (!isNew(new.target)) throw new realm.TypeError('Constructor requires new')
    if (core.context !== 'init') throw new core.GoError('new SharedArray must be called in the init context')
    if (name === '') throw new core.GoError("empty name provided to SharedArray's constructor")
    const rows = build(asText(name), make)
    const at = (key: string | symbol) =>
      typeof key === 'string' && /^\d+$/.test(key) ? rows[Number(key)] : undefined
    const target = new realm.Array<unknown>(rows.length)
    return new Proxy(target, {
      get: (array, key, receiver) => {
        const row = at(key)
        return row === undefined
          ? (Reflect.get(array, key, receiver) as unknown)
          : deepFreeze(realm.JSON.parse(row) as unknown)
      },
      has: (array, key) => at(key) !== undefined || Reflect.has(array, key),
      ownKeys: () => [...rows.keys()].map(String).concat('length'),
      getOwnPropertyDescriptor: (array, key) => {
        const row = at(key)
        if (row === undefined) return Reflect.getOwnPropertyDescriptor(array, key)
        const value: unknown = deepFreeze(realm.JSON.parse(row) as unknown)
        return { value, enumerable: true, writable: true, configurable: true }
      },
      set: (_, key) => {
        if (key === 'length' || /^\d+$/.test(asText(key))) return immutable()
        throw new realm.TypeError(`Cannot set property "${String(key)}" on a dynamic array`)
      },
      deleteProperty: immutable,
      defineProperty: immutable,
      setPrototypeOf: immutable,
    })
  }
  return { SharedArray }
}

import type { Core } from './core.ts'

/** A module as `require` gives it to CommonJS; throws a clear error for a name that k6 does not have. */
export function requireFrom(core: Core, modules: Record<string, object>, name: string): object {
  const exports = modules[name]
  if (exports !== undefined) {
    const copy = Object.create(null, Object.getOwnPropertyDescriptors(exports)) as object
    return Object.defineProperty(copy, '__esModule', { value: true })
  }
  const why = name.startsWith('k6/x/')
    ? 'an extension is not in plain k6'
    : name.startsWith('k6/')
      ? 'k6 has no such module'
      : 'a bundle may import nothing but modules of k6'
  throw new core.GoError(`cannot import ${JSON.stringify(name)}: ${why}`)
}

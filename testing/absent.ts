import { standInModule } from './standIn.ts'
import { MODULES } from './tables.ts'

/** The modules of k6 that the double only knows by name. */
export const ABSENT_MODULES: readonly string[] = [
  ...['k6/browser', 'k6/crypto/x509', 'k6/ws', 'k6/experimental/csv'],
  ...['k6/experimental/fs', 'k6/experimental/streams', 'k6/experimental/websockets'],
]

/** What importers probe on any value; answering is not using. */
const probes = new Set<string | symbol>(['then', '__esModule', 'default', 'toJSON', '$$typeof'])

/** A value that may be imported and passed around, and throws a clear sentence once it is used. */
export function absent(module: string, name: string): unknown {
  const use = (): never => {
    throw new Error(`${module} is not in the double of k6: \`${name}\` was used, so run this on k6 itself`)
  }
  // A function, because only those may be called and constructed.
  return new Proxy(
    function () {
      use()
    },
    {
      get: (_, key) => (typeof key === 'symbol' || probes.has(key) ? undefined : use()),
      set: use,
      apply: use,
      construct: use,
    },
  )
}

/** The module of that name; each export throws once it is used, or is inert. */
export function absentModule(
  module: string,
  inert: boolean | ((first: unknown) => void) = false,
): Record<string, unknown> {
  const heard = typeof inert === 'function' ? inert : undefined
  const exported = (name: string): unknown =>
    inert === false ? absent(module, name) : standInModule([], heard)
  const names = MODULES[module]?.split(' ') ?? []
  return Object.fromEntries([...names, 'default'].map((name) => [name, exported(name)]))
}

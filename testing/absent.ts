/** The modules of k6 that the double only knows by name, and what each exports. */
export const absentModules = {
  'k6/browser': ['browser', 'devices', 'networkProfiles'],
  'k6/crypto/x509': ['getAltNames', 'getIssuer', 'getSubject', 'parse'],
  'k6/html': ['parseHTML'],
  'k6/net/grpc': ['Client', 'Stream'],
  'k6/websockets': ['Blob', 'WebSocket'],
  'k6/ws': ['connect'],
  'k6/experimental/csv': ['Parser', 'parse'],
  'k6/experimental/fs': ['SeekMode', 'open'],
  'k6/experimental/streams': ['ReadableStream', 'WritableStream'],
  'k6/experimental/websockets': ['Blob', 'WebSocket'],
} as const satisfies Record<string, readonly string[]>

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

/** The module of that name, each export absent. */
export function absentModule(module: keyof typeof absentModules): Record<string, unknown> {
  const names: readonly string[] = absentModules[module]
  const named = Object.fromEntries(names.map((name) => [name, absent(module, name)]))
  return { ...named, default: absent(module, 'default') }
}

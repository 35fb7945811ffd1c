import { standIn } from './standIn.ts'

/** The modules of k6 that the double only knows by name, and what each exports beside `default`. */
export const absentModules: Readonly<Record<string, readonly string[]>> = {
  'k6/browser': ['browser', 'chromium', 'devices', 'networkProfiles'],
  'k6/crypto/x509': ['getAltNames', 'getIssuer', 'getSubject', 'parse'],
  'k6/net/grpc': (
    'Client HealthCheckNotServing HealthCheckServiceUnkown HealthCheckServing HealthCheckUnknown StatusAborted ' +
    'StatusAlreadyExists StatusCanceled StatusDataLoss StatusDeadlineExceeded StatusFailedPrecondition ' +
    'StatusInternal StatusInvalidArgument StatusNotFound StatusOK StatusOutOfRange StatusPermissionDenied ' +
    'StatusResourceExhausted StatusUnauthenticated StatusUnavailable StatusUnimplemented StatusUnknown Stream'
  ).split(' '),
  'k6/websockets': ['Blob', 'WebSocket'],
  'k6/ws': ['connect'],
  'k6/experimental/csv': ['Parser', 'parse'],
  'k6/experimental/fs': ['SeekMode', 'open'],
  'k6/experimental/streams':
    'CountQueuingStrategy ReadableStream ReadableStreamDefaultReader WritableStream WritableStreamDefaultWriter'.split(
      ' ',
    ),
  'k6/experimental/websockets': ['Blob', 'WebSocket'],
}

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
  const exported = (name: string): unknown => (inert === false ? absent(module, name) : standIn([], heard))
  const names = absentModules[module] ?? []
  return Object.fromEntries([...names, 'default'].map((name) => [name, exported(name)]))
}

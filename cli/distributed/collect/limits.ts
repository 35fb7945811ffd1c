/** What a collector takes at most, so that a stranger or a mistake cannot take its memory. */
export const LIMITS = {
  /** Series of a run: 50 instances have some 40,000. */
  series: 200_000,
  /** Instances of a run. */
  instances: 1000,
  /** Connections that are open at once; further ones are closed. */
  connections: 2000,
  /** Bytes of pushes that are being read at once; what is beyond is told to come again. */
  bytesInFlight: 256 * 1024 * 1024,
  /** Bytes of the log of an instance. */
  logBytes: 256 * 1024 * 1024,
  /** Milliseconds for a request, and for its head: a slow sender holds no connection for ever. */
  requestMs: 30_000,
  headersMs: 10_000,
  /** Milliseconds without a byte after which a connection is closed: k6 pushes every few seconds. */
  idleMs: 120_000,
} as const

/** What a check's timeout may be, and what the form proposes, in milliseconds (the agent's own limits on k6's checks). */
export const TIMEOUT = { least: 1000, most: 180_000, scripted: 15_000, browser: 60_000 } as const

/** Bytes of k6's log that the agent reads, for its verdict and for Loki. */
export const LOG_BYTES = 255 * 1024

/** Bytes of the metrics' text that the agent reads. */
export const METRICS_BYTES = 100 * 1024

/** Bytes that a line of the log may have: a longer one ends the agent's reading of it. */
export const LINE_BYTES = 64 * 1024 - 1

/** Bytes that a label's value may have; of a longer one the agent keeps the beginning. */
export const VALUE_BYTES = 2048

/** The addresses that k6 may not reach, unless an agent is told otherwise. */
export const BLOCKED_ADDRESSES = '10.0.0.0/8'
/** The names that k6 may not look up there. */
export const BLOCKED_NAMES = '*.cluster.local'

/** The two kinds of k6 script in Synthetic Monitoring: a browser script imports `browser`. */
export type MonitorKind = 'scripted' | 'browser'

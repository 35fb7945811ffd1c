import type { MachineMemory } from '../../k6/index.ts'
import type { GeneratorWatch } from '../../verdict/index.ts'

/** What a collector tells of its run, so that an instance elsewhere is of the same. */
export interface Offer {
  readonly id: string
  /** The name of the suite, or the script's file. */
  readonly suite: string
  readonly sha256: string
  /** The settings that were given. */
  readonly variables: Readonly<Record<string, string>>
  /** Further arguments for k6. */
  readonly more: readonly string[]
  /** Its bundle can write spans, for parts that export them. */
  readonly spans?: true
  /** How many instances there are to be; undefined where each says it. */
  readonly expect?: number
}

/** The part of a run that an instance elsewhere makes. */
export interface JoinedPart {
  readonly id: string
  readonly segment: string
  readonly sequence: string
}

/**
 * Where an instance is: k6 makes its VUs, could begin, has run `setup`, makes its load, is over and waits for
 * `teardown`, has ended.
 */
export type JoinedState = 'starting' | 'ready' | 'setUp' | 'running' | 'over' | 'ended'

/** What an instance tells again and again: all of it each time, so that a collector that was killed knows it again. */
export interface JoinedReport {
  readonly part: JoinedPart
  /** A number of its own: two that take one part are told apart. */
  readonly session: string
  readonly sha256: string
  readonly state: JoinedState
  readonly k6: { readonly version: string; readonly path: string; readonly command: readonly string[] }
  readonly machine: string
  readonly host: string
  readonly region?: string
  /** What its machine has too little of. */
  readonly warnings?: readonly string[]
  /** What `setup` returned, or how it failed, in k6's words. */
  readonly setup?: { readonly data?: unknown; readonly failed?: string }
  /** When it was released (ISO 8601, UTC). */
  readonly started?: string
  readonly end?: JoinedEnd
}

/** How an instance elsewhere ended. */
export interface JoinedEnd {
  /** k6's exit code; undefined where a signal ended it. */
  readonly code?: number
  /** How it was lost, where that was no end of the test. */
  readonly lost?: string
  readonly ended: string
  readonly interruptedIterations?: number
  readonly watched?: GeneratorWatch
  /** When k6 held most memory. */
  readonly memory?: MachineMemory
}

/** What an instance is told to do. */
export type Order =
  | { readonly do: 'wait' }
  | { readonly do: 'setup' }
  | { readonly do: 'begin'; readonly afterMs: number; readonly setup?: unknown }
  | { readonly do: 'teardown' }
  | { readonly do: 'stop'; readonly why: string }

/** Where a collector answers, below its URL. */
export const PATHS = {
  write: '/api/v1/write',
  run: '/api/v1/run',
  instance: '/api/v1/instance',
  log: '/api/v1/log',
  summary: '/api/v1/summary',
} as const

/** Milliseconds between two reports. */
export const REPORT_MS = 500
/** Bytes of a report, of what `setup` returned in it, of a summary, and of a part of a log at most. */
export const MAX_BYTES = {
  report: 8 * 1024 * 1024,
  setup: 7 * 1024 * 1024,
  summary: 32 * 1024 * 1024,
  log: 1024 * 1024,
} as const

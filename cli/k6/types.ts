/** A k6 that was found, and why those before it in the search were not taken. */
export interface Engine {
  /** Absolute path of the binary. */
  path: string
  /** As k6 prints it: "v2.2.0". */
  version: string
  source: 'K6_BIN' | 'PATH' | 'cache' | 'download' | 'build'
  /** One text for each place that was looked at in vain, "PATH: there is no k6". */
  notes: string[]
}

/** Takes one line without its end; a `tick` replaces the tick before it where the output can do that. */
export type Progress = (line: string, kind: 'said' | 'tick') => void

/** Where lines about a long wait go, and how often. */
export interface Reporting {
  progress?: Progress
  /** Milliseconds between two ticks, 15,000 unless told. */
  tickEvery?: number
}

/** What the search for k6 may use. */
export interface EngineOptions extends Reporting {
  /** Read: K6_BIN, PATH, LOADWRIGHT_CACHE, LOADWRIGHT_K6_RELEASES, XDG_CACHE_HOME, LOCALAPPDATA, HOME. */
  env: NodeJS.ProcessEnv
  /** The folder of loadwright's own package.json. */
  packageRoot: string
  /** SHA-256 by the name of an archive; those that are shipped unless told. */
  sums?: Readonly<Record<string, string>>
  /** Whether a missing k6 may be downloaded or built, true unless told. */
  install?: boolean
  /** Ends a download or build and leaves nothing behind; the promise then rejects with the signal's reason. */
  signal?: AbortSignal
  /** Milliseconds for an answer of `k6 version` and between two chunks of a download, 10,000 unless told. */
  patience?: number
}

/** k6 is not available; the message is written for the user, without a stack. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
}

/** What became of a run's samples; for `run.json`. */
export interface ForwardOutcome {
  /** The server, without credentials. */
  url: string
  /** Pushes delivered, and the samples in them; a histogram is one. */
  sent: number
  samples: number
  /** Pushes that wait on disk. */
  queued: number
  /** Samples that were thinned in a full queue: a later one of the same series was kept. */
  dropped: number
  /** Lost pushes: damaged on disk, or never written to it. */
  lost: number
  /** What the server does not take: too old for it, or refused; where it lies, and what takes it in. */
  tooOld?: { samples: number; file: string; command: string }
  problems: string[]
}

/** What the export of a run's spans came to, as `run.json` keeps it. */
export interface TracesResult {
  url: string
  /** Spans that the collector took, and those that it did not. */
  spans: number
  dropped: number
  /** What went wrong, each once. */
  problems: string[]
}

/** What became of a run's markers. */
export interface AnnotationOutcome {
  /** The Grafana. */
  readonly url: string
  /** Markers that are there as they should be. */
  readonly written: number
  /** What went wrong, in sentences. */
  readonly problems: readonly string[]
}

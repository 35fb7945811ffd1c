/** What one iteration of a journey remembers; plain state of the VU, replaced when the next iteration begins. */
export interface Iteration {
  journey: string
  /** The pools whose rows were tried for this journey. */
  pools: readonly unknown[] | undefined
  /** Which of the VU's iterations it is. */
  number: number
  /** The phase in which it began. */
  phase: string | undefined
  /** Unix time in milliseconds. */
  began: number
  /** Milliseconds of think time so far. */
  thought: number
  /** The rows in use, by pool: what a failure names. */
  rows?: Record<string, string>
  /** The name of the last request: what a failure is near. */
  request?: string
  /** A request or a check has failed: an error that follows may come of it. */
  failed?: true
  /** What a step threw last, and the innermost step that did. */
  thrown?: unknown
  threw?: string
  /** k6 has ended the iteration: what fails from here on is not the target's doing. */
  cut?: true
}

/** The iteration that runs now; undefined in setup, teardown and scripts without journeys. */
export let iteration: Iteration | undefined

/** Begins an iteration; undefined ends it. */
export const setIteration = (next: Iteration | undefined): void => {
  iteration = next
}

/** What is waited for: a value of the JSON, or a status. */
export type Until = { path: string; value: string | boolean } | { status: number }

/** A request that was sent again until its answer was another. */
export interface Polled {
  until: Until
  times: number
  /** Seconds between two of them. */
  seconds: number
}

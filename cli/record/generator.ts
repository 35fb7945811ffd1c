/** What was seen of the generator in the judged time: seconds, and mean shares of the machine's CPU, 0 to 1. */
export interface Generator {
  readonly looked: number
  /** Seconds in which k6 itself left nothing of the machine. */
  readonly saturated: number
  /** Seconds in which nothing was left of it, whoever took it. */
  readonly full: number
  readonly busy: number
  readonly k6: number
  /** By how many milliseconds a look came late, as a median: whatever runs on this machine waits as long. */
  readonly late: number
}

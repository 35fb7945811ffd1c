/** What a figure is of. */
export type Aspect = 'mix' | 'not covered' | 'rate' | 'data' | 'concurrency'

/** A figure of production beside the test's. */
export interface AdequacyRow {
  aspect: Aspect
  /** The request's name, or which figure it is. */
  what: string
  production: number
  /** Absent where the test does not tell. */
  test?: number
  /** Whether the test is less than production, or other by more than chance. */
  differs: boolean
}

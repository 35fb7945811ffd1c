/** A line of a source, and where in the preset it comes from: lines and columns counted from 0. */
export interface SourceLine {
  text: string
  at?: readonly [line: number, column: number]
}

/** What a suite's source is made of. */
export interface SuiteParts {
  imports: readonly string[]
  body: readonly SourceLine[]
  /** The value of `scenarios`. */
  scenarios: string
  metrics?: readonly string[]
}

/** A run that is not compared with others, and why. */
export interface LeftOut {
  readonly id: string
  readonly why: string
}

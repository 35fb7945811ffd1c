import type { Trace } from './trace.ts'
import type { TagValue } from './vu.ts'

/** A step at its place: made when it is first opened, and used again by the iterations that follow. */
export interface Frame extends Trace {
  readonly name: string
  /** k6's group: `::outer::inner`. */
  readonly path: string
  readonly outer: Frame | undefined
  began: number
  /** The tag `group` before: k6 starts with an empty one, and a series without it would be another one. */
  group: TagValue | undefined
  /** Its body returned a promise that has not settled. */
  pending: boolean
}

/** The step that is open now. */
export let openStep: Frame | undefined

/** Opens a step; undefined closes the outermost one. */
export const setOpenStep = (next: Frame | undefined): void => {
  openStep = next
}

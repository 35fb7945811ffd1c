/** Something to wait for. */
export interface Bell {
  /** Ends the waiting; where nobody waits, the next one does not wait. */
  readonly ring: () => void
  /** Resolves when it is rung, or after some milliseconds. */
  readonly rung: (most?: number) => Promise<void>
}

/** A bell that nobody has rung. */
export function bell(): Bell {
  let early = false
  let answer: (() => void) | undefined
  return {
    ring: () => {
      if (answer) answer()
      else early = true
    },
    rung: (most) =>
      new Promise((resolve) => {
        const timer = most === undefined ? undefined : setTimeout(() => answer?.(), most)
        answer = () => {
          clearTimeout(timer)
          answer = undefined
          resolve()
        }
        if (early) answer()
        early = false
      }),
  }
}

/** A signal that wakes one waiting task. */
export interface Bell {
  /** Wakes the waiting task; if none waits, the next wait ends at once. */
  readonly ring: () => void
  /** Resolves at the next `ring`, or after `most` milliseconds. */
  readonly rung: (most?: number) => Promise<void>
}

/** A signal that wakes one waiting task. */
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

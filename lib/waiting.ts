import { errorNamed } from './errors.ts'

/** Somebody who waits for what listeners are told. */
export interface Waiting {
  /**
   * Waits until `found` gives something, and gives what `late` does when time is up (milliseconds); rejects with what either
   * throws. Rejects with UsageError where somebody waits already.
   */
  readonly until: <T>(found: () => T | undefined, within: number, late: () => T) => Promise<T>
  /** Who waits looks again at what has happened. */
  readonly look: () => void
}

/** One place to wait at; `what` names it: `socket "chat"`. */
export const waiting = (what: string): Waiting => {
  let looking: (() => void) | undefined
  return {
    until: (found, within, late) =>
      new Promise((resolve, reject) => {
        if (looking) throw errorNamed(`${what}: two things wait for it at once: await the first`)
        const settle = (act: () => void): void => {
          looking = undefined
          clearTimeout(timer)
          act()
        }
        const ask = (give: typeof found): void => {
          try {
            const value = give()
            if (value !== undefined) settle(() => resolve(value))
          } catch (thrown) {
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what is asked for may throw anything
            settle(() => reject(thrown))
          }
        }
        const timer = setTimeout(() => ask(late), within)
        looking = () => ask(found)
        looking()
      }),
    look: () => looking?.(),
  }
}

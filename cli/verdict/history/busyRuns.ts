import { LIMITS } from '../comparison/limits.ts'
import { median } from '../statistics/robust.ts'

/** Runs before a run and after it that say how busy the machine usually is. */
const NEIGHBOURS = 8

/**
 * The places of runs on a machine that was busier than around them: by how `full` it was in each run, 0 to 1, undefined where
 * that is not known. A machine that is as busy from some run on is no such exception, and neither is one that always is.
 */
export function busyPlaces(full: readonly (number | undefined)[]): ReadonlySet<number> {
  const isBusy = (own: number | undefined, place: number): boolean => {
    const around = [
      ...full.slice(Math.max(0, place - NEIGHBOURS), place),
      ...full.slice(place + 1, place + 1 + NEIGHBOURS),
    ].filter((one) => one !== undefined)
    return own !== undefined && around.length > 0 && own > median(around) + LIMITS.fuller
  }
  return new Set([...full.keys()].filter((place) => isBusy(full[place], place)))
}

import type { Escalation } from '../../../config/notify.ts'
import type { FallenRun } from './fallen.ts'

/** That an owner's SLOs fall again and again, or do no more. */
export interface Escalated {
  readonly owner: string
  readonly state: 'begins' | 'ends'
  /** In how many of the runs something of the owner fell. */
  readonly fell: number
  /** The runs that are counted, newest first. */
  readonly runs: readonly FallenRun[]
}

/** Whether something was told of an owner at a run before. */
export type WasNotified = (run: FallenRun, owner: string) => boolean

/**
 * Who is escalated at the newest of these runs (newest first), by the rule: as soon as an owner's SLOs fell in `after` of
 * the last `of` runs, and once more when they do no more. While it lasts, nothing is told again; what could not be told
 * is due at the next run in which something falls.
 */
export function escalatedIn(
  runs: readonly FallenRun[],
  { after, of = after }: Pick<Escalation, 'after' | 'of'>,
  wasNotified: WasNotified,
): Escalated[] {
  const owners = new Set(runs.flatMap((run) => Object.keys(run.owners)))
  return [...owners].sort().flatMap((owner): Escalated[] => {
    const fell = (at: number): boolean => Object.hasOwn(runs[at]?.owners ?? {}, owner)
    const counted = (at: number): number =>
      runs.slice(at, at + of).filter((_, index) => fell(at + index)).length
    const isOn = (at: number): boolean => counted(at) >= after
    const about = { owner, fell: counted(0), runs: runs.slice(0, of) }
    if (isOn(0)) return fell(0) && !wasNotifiedSince(0) ? [{ ...about, state: 'begins' }] : []
    return isOn(1) && wasNotifiedSince(1) ? [{ ...about, state: 'ends' }] : []

    /** Whether it was told at one of the runs, from one on, over which it has lasted. */
    function wasNotifiedSince(from: number): boolean {
      for (let at = from; isOn(at); at++) if (wasNotified(runs[at] as FallenRun, owner)) return true
      return false
    }
  })
}

import { refuse } from '../../base/index.ts'
import type { MeasuredRun } from '../../record/index.ts'

/** Refuses to hold a run whose phases are judged against one without phases: its times would have the start in them. */
export function refusePhases(base: readonly MeasuredRun[], candidate: MeasuredRun): void {
  const has = candidate.judgedPhases.length > 0
  const other = base.find(({ judgedPhases }) => judgedPhases.length > 0 !== has)
  if (other === undefined) return
  const [without, withThem] = has ? [other, candidate] : [candidate, other]
  refuse([
    `${without.id} has no phases, and ${withThem.id} is judged in ${withThem.judgedPhases.join(', ')}: all of the one, with its start, cannot be held against a part of the other`,
  ])
}

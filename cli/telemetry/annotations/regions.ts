import type { PhaseTimes } from '../../record/index.ts'

/** A phase as a stretch of time, of all scenarios that share it (ms since 1970). */
export interface Region {
  readonly phase: string
  readonly from: number
  readonly to: number
  readonly judged: boolean
  readonly scenarios: readonly string[]
  /** Which of its phase's regions it is, from 1 on, by time. */
  readonly at: number
}

/** The most regions of a run: what is beyond is in its record. */
const MAX_REGIONS = 100

/** Phases as regions: those of scenarios that begin and end a phase together are one. */
export function regionsOf(phases: readonly PhaseTimes[]): Region[] {
  const shared = new Map<string, Omit<Region, 'at'>>()
  for (const { scenario, phase, from, to, judged } of phases) {
    const key = JSON.stringify([phase, from, to, judged])
    const known = shared.get(key)
    const scenarios = [...(known?.scenarios ?? []), scenario]
    shared.set(key, { phase, from: Date.parse(from), to: Date.parse(to), judged, scenarios })
  }
  const count = new Map<string, number>()
  return [...shared.values()]
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .slice(0, MAX_REGIONS)
    .map((region) => {
      const at = (count.get(region.phase) ?? 0) + 1
      count.set(region.phase, at)
      return { ...region, at }
    })
}

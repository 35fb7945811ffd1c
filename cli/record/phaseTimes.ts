import type { Phase } from '../../config/workload/phases.ts'
import { derived } from './derived.ts'
import type { Store } from './store.ts'
import type { PhaseTimes } from './runRecord.ts'

/**
 * When each phase of each scenario is to begin and to end: a scenario's start is when its first sample was taken, and no
 * later than a phase's first sample less what lies before that phase; the lengths are those declared. k6 pushes once a
 * second, and so late may a start be taken. A scenario without samples has no times.
 */
export function plannedPhases(
  store: Store,
  phases: Readonly<Record<string, readonly Phase[]>>,
): PhaseTimes[] {
  const firsts = firstSamples(store.series())
  const starts = Object.entries(phases).map(([scenario, all]) => {
    const own = firsts.get(scenario)
    const told = all.map(({ name }, index) => {
      const before = all.slice(0, index).reduce((sum, { lasts }) => sum + lasts, 0)
      return (own?.phases.get(name) ?? Infinity) - before
    })
    return Math.min(own?.all ?? Infinity, ...told)
  })
  const first = Math.min(...starts)
  return Object.entries(phases).flatMap(([scenario, all], index) => {
    const start = starts[index] ?? Infinity
    if (start === Infinity) return []
    let from = start - first <= TOGETHER_MS ? first : start
    return all.map(({ name, lasts, judged }): PhaseTimes => ({
      scenario,
      phase: name,
      from: iso(from),
      to: iso((from += lasts)),
      judged,
    }))
  })
}

/** Milliseconds between the first samples of scenarios that begin together, at most: two pushes. */
const TOGETHER_MS = 2000

/** The phases as far as they were run: they end when the run does (ms since 1970), and later ones are left out. */
export function phaseTimes(
  store: Store,
  phases: Readonly<Record<string, readonly Phase[]>>,
  end: number | undefined = lastSample(store),
): PhaseTimes[] {
  if (end === undefined) return []
  return plannedPhases(store, phases)
    .filter(({ from }) => Date.parse(from) < end)
    .map((phase) => ({ ...phase, to: iso(Math.min(Date.parse(phase.to), end)) }))
}

/** When the last sample was taken, ms since 1970; undefined where none was. */
export function lastSample(store: Store): number | undefined {
  const last = store.series().reduce((latest, one) => Math.max(latest, one.last), -Infinity)
  return last === -Infinity ? undefined : last
}

/** When the first sample of a scenario was taken, and of each phase in it. */
interface Firsts {
  all: number
  readonly phases: Map<string, number>
}

/** The same of each scenario. */
const firstSamples = derived((series) => {
  const firsts = new Map<string, Firsts>()
  for (const { labels, first } of series) {
    const { scenario, phase } = labels
    if (scenario === undefined) continue
    const own = firsts.get(scenario) ?? { all: Infinity, phases: new Map<string, number>() }
    firsts.set(scenario, own)
    own.all = Math.min(own.all, first)
    if (phase !== undefined) own.phases.set(phase, Math.min(own.phases.get(phase) ?? Infinity, first))
  }
  return firsts
})

const iso = (ms: number): string => new Date(Math.round(ms)).toISOString()

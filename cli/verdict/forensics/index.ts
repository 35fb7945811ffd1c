/** Why a run failed, and whether it may be believed: failures by cause, what explains them, what the generator did. */
import type { Phase } from '../../../config/workload/phases.ts'
import { peak, seconds, type Shape } from '../../../config/workload/shape.ts'
import type { FailureEvent, PageEvent } from '../../../lib/catalog.ts'
import { countOf, type CheckResult, type SummaryExport, type ThresholdResult } from '../../k6/index.ts'
import {
  JOURNEYS,
  plannedPhases,
  PUSH_INTERVAL_MS,
  REQUESTS,
  series,
  total,
  type FailureCluster,
  type PhaseTimes,
  type Store,
  type Timeline,
} from '../../record/index.ts'
import { plannedIn, type Arrivals } from './arrivals.ts'
import { groupsOf, MAX_CLUSTERS } from './clusters.ts'
import { countedBy } from './counted.ts'
import type { Doubtful } from './doubtful.ts'
import type { Evidence } from './evidence.ts'
import { explain } from './explain.ts'
import { generatorIn, type GeneratorWatch } from './generator.ts'
import { endedEarly } from './maxDuration.ts'
import { mser5 } from './mser.ts'
import { slowSteps, stepTimes } from './slow.ts'

/**
 * When load began (Unix time, milliseconds): with the last request of `setup`, where a journey started within the second
 * after it; else with the first journey's start as the recorder has it, to within a second; else what is told.
 */
export function loadBegan(store: Store, told: number): number {
  const first = Math.min(...series(store, JOURNEYS.started).map((one) => one.first))
  if (!Number.isFinite(first)) return told
  const setup = Math.max(...series(store, REQUESTS.all.metric, { group: '::setup' }).map((one) => one.last))
  return first - setup >= 0 && first - setup <= PUSH_INTERVAL_MS ? setup : first
}

/** What is known of a run once it has ended. */
export interface RunFacts extends Pick<Evidence, 'start' | 'end' | 'timeline' | 'pools'> {
  readonly store: Store
  /** k6's own figures. */
  readonly summary: SummaryExport
  readonly checks: readonly CheckResult[]
  /** What pages looked like when steps on them failed. */
  readonly pages?: readonly PageEvent[]
  readonly thresholds: readonly ThresholdResult[]
  /** The names of the phases that are judged. */
  readonly judged: readonly string[]
  /** Of the manifest under this run's settings. */
  readonly scenarios: Readonly<Record<string, Shape>>
  /** The share of them that this k6 ran, where it ran a segment. */
  readonly share?: number
  readonly phases: Readonly<Record<string, readonly Phase[]>>
  /** When k6 was started: load begins after it, and a phase cannot have been shorter than from here. */
  readonly launched: number
}

/** Failures by cause with what explains them: `failures` and `explanations` of a record, and how many causes there were. */
export function forensicsOf(
  events: readonly FailureEvent[],
  facts: RunFacts,
): { failures: FailureCluster[]; explanations: string[]; causes: number } {
  const { store, timeline, checks, thresholds, judged, pools, scenarios, start, end } = facts
  const groups = groupsOf(events, facts.pages, countedBy(store, checks))
  const { clusters, explanations } = explain(groups, {
    start,
    end,
    pools,
    ...(timeline ? { timeline } : {}),
    vus: Object.fromEntries(Object.entries(scenarios).map(([name, shape]) => [name, peak(shape).vus])),
    phases: plannedPhases(store, facts.phases),
  })
  const slow = slowSteps(thresholds, stepTimes(store, judged))
  return {
    failures: clusters.slice(0, MAX_CLUSTERS),
    explanations: [...explanations, ...slow],
    causes: clusters.length,
  }
}

/** What `judge` needs to know beyond k6's figures. */
export function doubtsOf(facts: RunFacts, watched?: GeneratorWatch): Doubtful {
  const { store, timeline, thresholds, summary, scenarios, phases, launched, start, end, share = 1 } = facts
  const times = plannedPhases(store, phases).filter(({ judged }) => judged)
  const stretches = times.length > 0 ? times.map(inMilliseconds) : [{ from: start, to: end }]
  const steady =
    timeline && steadySeries(timeline, times.filter(({ phase }) => phase === 'steady').map(inMilliseconds))
  const steadiness = steady && mser5(steady)
  return {
    arrivals: arrivalsOf(store, scenarios, phases, { ran: (end - start) / 1000, share }),
    endedEarly: endedEarly(store, scenarios, countOf(summary, 'dropped_iterations')).map((one) => ({
      ...one,
      planned: Math.round(one.planned * share),
    })),
    ...(watched
      ? { generator: generatorIn(watched.samples, stretches), clockShift: watched.clockShift }
      : {}),
    phases: Object.entries(phases).flatMap(([scenario, all]) => {
      let until = launched + seconds(scenarios[scenario]?.startTime) * 1000
      return all.flatMap(({ name: phase, lasts: planned, judged }) => {
        until += planned
        const ran = Math.min(planned, Math.max(0, end - (until - planned)))
        return judged ? [{ phase, planned, ran }] : []
      })
    }),
    ...(steadiness ? { steadiness } : {}),
    samples: Object.fromEntries(thresholds.map(({ metric }) => [metric, countOf(summary, metric)])),
  }
}

const inMilliseconds = ({ from, to }: PhaseTimes): { from: number; to: number } => ({
  from: Date.parse(from),
  to: Date.parse(to),
})

/** Iterations of the open scenarios, as planned and as started. */
function arrivalsOf(
  store: Store,
  scenarios: RunFacts['scenarios'],
  phases: RunFacts['phases'],
  { ran, share }: { ran: number; share: number },
): Arrivals[] {
  return Object.entries(scenarios).flatMap(([scenario, shape]) => {
    const own = phases[scenario] ?? []
    const judged = own.filter((phase) => phase.judged).map(({ name }) => name)
    const planned = plannedIn(shape, own, ran)
    if (planned === undefined || series(store, JOURNEYS.started, { scenario }).length === 0) return []
    return {
      scenario,
      planned: planned * share,
      vus: Math.ceil(peak(shape).vus * share),
      started: total(store, JOURNEYS.started, { scenario, phase: judged }),
      dropped: total(store, 'dropped_iterations', { scenario }),
    }
  })
}

/** The median of each window that lies in one of the stretches, the first window of each left out. */
function steadySeries(
  timeline: Timeline,
  stretches: readonly { from: number; to: number }[],
): (number | null)[] {
  const length = timeline.window * 1000
  return timeline.at.flatMap((at, index) =>
    stretches.some(({ from, to }) => at * 1000 >= from && at * 1000 + length <= to)
      ? [timeline.requests.p50[index] ?? null]
      : [],
  )
}

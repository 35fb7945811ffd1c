import { countsOf, signalFigures, trendOf, type SignalFigures, type TrendFigures } from './signalFigures.ts'
import { series, total, values } from './query.ts'
import { JOURNEYS, othersOf, countersOf, REQUESTS, SIGNALS, STEPS, type Signal } from './signals.ts'
import type { Store } from './store.ts'
import { stepsInTime } from './stepOrder.ts'
import type { Where } from './where.ts'

/** What was measured of a step: its own times (ms), requests and the failed ones among them. */
export interface StepMeasurements extends TrendFigures {
  requests: number
  failed: number
  /** What else scripts did in it, by signal; absent where it made requests at most. */
  signals?: SignalFigures[]
}

/** A step in one phase: `count` completions were measured. */
export interface PhaseFigures extends StepMeasurements {
  phase: string
  count: number
}

/** A step's figures: how many reached its end, and how long it took where the run is judged. */
export interface StepFigures extends StepMeasurements {
  name: string
  /** How often the step was completed in the run. */
  completed: number
  /** Completions measured in the judged phases, as all that follows of the step itself. */
  measured: number
  /** Phase by phase, in the order of time; empty where the scenarios have none, absent in older records. */
  phases?: PhaseFigures[]
}

/** A journey's funnel: from its starts, never from its survivors. */
export interface JourneyFigures {
  name: string
  started: number
  completed: number
  failed: number
  /** Started, and neither completed nor failed when the run ended; absent if unknown. */
  interrupted?: number
  steps: StepFigures[]
}

/** The figures of every journey, in the order in which `steps` and `journeys` declare them. */
export function figuresOf(
  store: Store,
  about: {
    journeys: readonly string[]
    steps: readonly { journey: string; step: string }[]
    /** Phases that are judged; empty where the scenario has none. */
    judged: readonly string[]
  },
  signals: readonly Signal[] = SIGNALS,
): JourneyFigures[] {
  const seen = values(store, JOURNEYS.started, 'journey')
  const names = [...new Set([...about.journeys, ...seen])]
  return names.map((name) => {
    const where = { journey: name }
    const declared = about.steps.filter(({ journey }) => journey === name).map(({ step }) => step)
    return {
      name,
      started: total(store, JOURNEYS.started, where),
      completed: total(store, JOURNEYS.ok.metric, where),
      failed: total(store, JOURNEYS.failed.metric, where),
      steps: stepsInTime(store, name, declared).map((step) =>
        stepFigures(store, step, { ...where, step }, { judged: about.judged, signals }),
      ),
    }
  })
}

function stepFigures(
  store: Store,
  name: string,
  where: Where,
  { judged, signals }: { judged: readonly string[]; signals: readonly Signal[] },
): StepFigures {
  const { count, ...figures } = measured(
    store,
    // What carries no phase is of a scenario that has none: all of it counts.
    judged.length > 0 ? { ...where, phase: [...judged, ''] } : where,
    signals,
  )
  return {
    name,
    completed: total(store, STEPS.all.metric, where),
    measured: count,
    ...figures,
    phases: phasesOf(store, where, signals).map((phase) => ({
      phase,
      ...measured(store, { ...where, phase }, signals),
    })),
  }
}

function measured(
  store: Store,
  where: Where,
  signals: readonly Signal[],
): StepMeasurements & { count: number } {
  const { count, figures } = trendOf(store, STEPS.trend, where)
  const { count: requests, failed } = countsOf(store, REQUESTS, where)
  const others = signalFigures(store, othersOf(signals), where)
  return { count, requests, failed, ...figures, ...(others.length > 0 ? { signals: others } : {}) }
}

/** The phases that a step was seen in, in the order in which they came. */
function phasesOf(store: Store, where: Where, signals: readonly Signal[]): string[] {
  const first = new Map<string, number>()
  // What counts steps has the phase in which their journey began.
  const counted = signals.flatMap(countersOf).map(({ metric }) => metric)
  for (const metric of [STEPS.trend, ...counted])
    for (const one of series(store, metric, where)) {
      const { phase } = one.labels
      if (phase !== undefined) first.set(phase, Math.min(first.get(phase) ?? Infinity, one.first))
    }
  return [...first].sort(([, a], [, b]) => a - b).map(([phase]) => phase)
}

/** Failed requests by name and status, most first: what happened, counted by k6 itself. */
export function failedRequests(store: Store): { name: string; status: string; count: number }[] {
  const counts = new Map<string, { name: string; status: string; count: number }>()
  for (const one of series(store, REQUESTS.failed.metric, REQUESTS.failed.where)) {
    if (one.kind !== 'counter') continue
    const { name = '', status = '' } = one.labels
    const key = `${name} ${status}`
    const known = counts.get(key) ?? { name, status, count: 0 }
    known.count += one.total
    counts.set(key, known)
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)
}

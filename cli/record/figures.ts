import { mean, quantile } from '../prometheus/index.ts'
import { distribution, series, total, values, type Where } from './query.ts'
import type { Store } from './store.ts'
import { stepsInTime } from './stepOrder.ts'

/** What was measured of a step: completions, times in milliseconds, requests and the failed ones among them. */
export interface Measured {
  requests: number
  failed: number
  p50?: number
  p95?: number
  p99?: number
  mean?: number
}

/** A step in one phase: `count` completions were measured. */
export interface PhaseFigures extends Measured {
  phase: string
  count: number
}

/** A step's figures: how many reached its end, and how long it took where the run is judged. */
export interface StepFigures extends Measured {
  name: string
  /** Times that the step was completed, whole run. */
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
  /** Started, and neither completed nor failed when the run ended; absent where nobody counted it. */
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
): JourneyFigures[] {
  const seen = values(store, 'journeys_started', 'journey')
  const names = [...new Set([...about.journeys, ...seen])]
  return names.map((name) => {
    const where = { journey: name }
    const declared = about.steps.filter(({ journey }) => journey === name).map(({ step }) => step)
    const steps = stepsInTime(store, name, declared)
    return {
      name,
      started: total(store, 'journeys_started', where),
      completed: total(store, 'journeys_completed', where),
      failed: total(store, 'journeys_failed', where),
      steps: steps.map((step) => stepFigures(store, step, { ...where, step }, about.judged)),
    }
  })
}

function stepFigures(store: Store, name: string, where: Where, judged: readonly string[]): StepFigures {
  const { count, ...figures } = measured(
    store,
    // What carries no phase is of a scenario that has none: all of it counts.
    judged.length > 0 ? { ...where, phase: [...judged, ''] } : where,
  )
  return {
    name,
    completed: total(store, 'steps_completed', where),
    measured: count,
    ...figures,
    phases: phasesOf(store, where).map((phase) => ({ phase, ...measured(store, { ...where, phase }) })),
  }
}

function measured(store: Store, where: Where): Measured & { count: number } {
  const times = distribution(store, 'group_duration', where)
  const figures: Measured & { count: number } = {
    count: times?.count ?? 0,
    requests: total(store, 'http_reqs', where),
    failed: total(store, 'http_reqs', { ...where, expected_response: 'false' }),
  }
  const set = (key: 'p50' | 'p95' | 'p99' | 'mean', seconds: number | undefined): void => {
    if (seconds !== undefined) figures[key] = seconds * 1000
  }
  if (!times) return figures
  set('p50', quantile(times, 0.5))
  set('p95', quantile(times, 0.95))
  set('p99', quantile(times, 0.99))
  set('mean', mean(times))
  return figures
}

/** The phases that a step was seen in, in the order in which they came. */
function phasesOf(store: Store, where: Where): string[] {
  const first = new Map<string, number>()
  for (const metric of ['group_duration', 'http_reqs'])
    for (const one of series(store, metric, where)) {
      const { phase } = one.labels
      if (phase !== undefined) first.set(phase, Math.min(first.get(phase) ?? Infinity, one.first))
    }
  return [...first].sort(([, a], [, b]) => a - b).map(([phase]) => phase)
}

/** Failed requests by name and status, most first: what happened, counted by k6 itself. */
export function failedRequests(store: Store): { name: string; status: string; count: number }[] {
  const counts = new Map<string, { name: string; status: string; count: number }>()
  for (const one of series(store, 'http_reqs', { expected_response: 'false' })) {
    if (one.kind !== 'counter') continue
    const { name = '', status = '' } = one.labels
    const key = `${name} ${status}`
    const known = counts.get(key) ?? { name, status, count: 0 }
    known.count += one.total
    counts.set(key, known)
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)
}

import { distribution, quantile, series, total, values, type Store, type Where } from '../record/index.ts'

/** A step's figures: how many reached its end, and how long it took where the run is judged. */
export interface StepFigures {
  name: string
  /** Times that the step was completed, whole run. */
  completed: number
  /** In the judged phases: completions measured, times in milliseconds, requests and the failed ones among them. */
  measured: number
  p50?: number
  p95?: number
  requests: number
  failed: number
}

/** A journey's funnel: from its starts, never from its survivors. */
export interface JourneyFigures {
  name: string
  started: number
  completed: number
  failed: number
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
    const steps = [...new Set([...declared, ...values(store, 'group_duration', 'step', where)])].filter(
      Boolean,
    )
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
  const phased = judged.length > 0 ? { ...where, phase: judged } : where
  const times = distribution(store, 'group_duration', phased)
  const at = (q: number): number | undefined => {
    const seconds = times && quantile(times, q)
    return seconds === undefined ? undefined : seconds * 1000
  }
  const [p50, p95] = [at(0.5), at(0.95)]
  return {
    name,
    completed: total(store, 'steps_completed', where),
    measured: times?.count ?? 0,
    ...(p50 === undefined ? {} : { p50 }),
    ...(p95 === undefined ? {} : { p95 }),
    requests: total(store, 'http_reqs', phased),
    failed: total(store, 'http_reqs', { ...phased, expected_response: 'false' }),
  }
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

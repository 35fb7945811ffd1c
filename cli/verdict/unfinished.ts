import { sum } from '../../config/sum.ts'
import { peak, seconds, type Shape } from '../../config/workload/shape.ts'
import { plannedIterations } from './forensics/maxDuration.ts'
import { countOf, type SummaryExport } from '../k6/index.ts'
import {
  occurrences,
  ITERATIONS,
  JOURNEYS,
  level,
  countersOf,
  samplesOf,
  series,
  SIGNALS,
  total,
  type JourneyFigures,
  type Store,
} from '../record/index.ts'

/** Iterations of a journey, or of a plain script, that had not ended when k6 stopped them. */
export interface Unfinished {
  /** Absent of a plain script. */
  journey?: string
  /** Of a plain script, the scenario that completed nothing. */
  scenario?: string
  started: number
  interrupted: number
  /** The step that most of them were in, if one tells. */
  step?: string
}

/** Share of iterations that k6 may interrupt at the end of a run. */
export const MAX_INTERRUPTED_SHARE = 0.05

/** Figures of a run that has ended: what started and neither completed nor failed was interrupted. */
export function withEnds(journeys: readonly JourneyFigures[]): JourneyFigures[] {
  return journeys.map((one) => ({
    ...one,
    interrupted: Math.max(0, one.started - one.completed - one.failed),
  }))
}

/** What of each journey had not ended. */
export function unfinishedIn(journeys: readonly JourneyFigures[]): Unfinished[] {
  return journeys.flatMap(({ name: journey, started, interrupted = 0, steps }) => {
    if (interrupted === 0) return []
    const step = stuckIn(started, steps)
    return { journey, started, interrupted, ...(step === undefined ? {} : { step }) }
  })
}

/** What of all journeys together had not ended, by k6's own figures: of a run that was not recorded. */
export function unfinishedBy(summary: SummaryExport): Unfinished[] {
  const started = countOf(summary, JOURNEYS.started)
  const ended = countOf(summary, JOURNEYS.ok.metric) + countOf(summary, JOURNEYS.failed.metric)
  return started > ended ? [{ started, interrupted: started - ended }] : []
}

/** The step before which the most iterations are lost. */
function stuckIn(started: number, steps: JourneyFigures['steps']): string | undefined {
  let [before, most, name] = [started, 0, undefined as string | undefined]
  for (const step of steps) {
    if (before - step.completed > most) [most, name] = [before - step.completed, step.name]
    before = step.completed
  }
  return name
}

/** k6's own, where a scenario names none. */
const USUAL_STOP = '30s'
/** Seconds between two looks of k6 at its VUs, and a little more. */
const LOOK_SECONDS = 1.5

/**
 * What of a plain script had not ended. k6 pushes no count of it: where a scenario has a number of iterations, it is
 * those that are missing; else what k6 printed (`told`), or the VUs that were still at work when the last `gracefulStop`
 * was over.
 */
export function unfinishedOf(
  store: Store,
  scenarios: Readonly<Record<string, Shape>>,
  {
    iterations,
    dropped,
    share = 1,
    told,
  }: { iterations: number; dropped: number; share?: number | undefined; told?: number | undefined },
): Unfinished[] {
  const shapes = Object.values(scenarios)
  const planned = shapes.flatMap((shape) => plannedIterations(shape) ?? [])
  const interrupted =
    planned.length === shapes.length && share === 1
      ? Math.max(0, sum(planned) - iterations - dropped)
      : (told ?? stillAtWork(store, shapes))
  const stuck = share === 1 ? stuckScenarios(store, scenarios) : []
  const rest = Math.max(0, interrupted - sum(stuck.map((one) => one.interrupted)))
  return rest === 0 ? stuck : [...stuck, { started: iterations + rest, interrupted: rest }]
}

/** Scenarios that sent requests and completed not one iteration, where their tag is in the record: each VU began one. */
function stuckScenarios(store: Store, scenarios: Readonly<Record<string, Shape>>): Unfinished[] {
  if (
    Object.keys(scenarios).length < 2 ||
    total(store, ITERATIONS.all.metric, { scenario: Object.keys(scenarios) }) === 0
  )
    return []
  return Object.keys(scenarios).flatMap((scenario) => {
    const began =
      total(store, ITERATIONS.all.metric, { scenario }) === 0 &&
      SIGNALS.flatMap((one) => [...countersOf(one), ...samplesOf(one)]).some(
        (part) => occurrences(store, part, { scenario }) > 0,
      )
    const vus = Math.max(1, peak(scenarios[scenario] as Shape).vus)
    return began ? [{ scenario, started: vus, interrupted: vus }] : []
  })
}

/** VUs that were at work when k6 stopped them: its load lasted to the end of the last graceful stop. */
function stillAtWork(store: Store, shapes: readonly Shape[]): number {
  const ends = shapes.map((shape) => peak(shape).seconds + seconds(shape.gracefulStop ?? USUAL_STOP))
  const looks = series(store, 'vus')
  const lasted = Math.max(...looks.map(({ last }) => last)) - Math.min(...looks.map(({ first }) => first))
  return looks.length > 0 && lasted / 1000 >= Math.max(...ends) - LOOK_SECONDS
    ? (level(store, 'vus') ?? 0)
    : 0
}

/** Iterations that scenarios let k6 cut off: one for each VU of those without a graceful stop. */
export const mayCut = (scenarios: Readonly<Record<string, Shape>>): number =>
  sum(
    Object.values(scenarios)
      .filter(({ gracefulStop, gracefulRampDown }) => isNone(gracefulStop) || isNone(gracefulRampDown))
      .map((shape) => peak(shape).vus),
  )

const isNone = (stop: string | undefined): boolean => stop !== undefined && seconds(stop) < 1

/**
 * Whether iterations that never ended are a note alone: few of those that started, or no more than the `cut` of all
 * that were cut off as their scenarios ask for.
 */
export function isFew(one: Unfinished, all: readonly Unfinished[], cut = 0): boolean {
  const isAllowed = sum(all.map(({ interrupted }) => interrupted)) <= cut && one.interrupted < one.started
  return isAllowed || one.interrupted <= one.started * MAX_INTERRUPTED_SHARE
}

/** Whether k6's load came to its own end: not so where a threshold, an abort or a signal ended it. */
export const endedByItself = (k6: number | undefined, said: readonly string[]): boolean =>
  k6 === 0 || k6 === 110 || (k6 === 99 && !said.some((text) => /\babortOnFail\b/.test(text)))

import { isOpen } from '../../../config/workload/shape.ts'
import { sum } from '../../../config/sum.ts'
import { defined } from '../../base/index.ts'
import { merge } from '../../prometheus/index.ts'
import { series, type Series } from '../query.ts'
import { ranScenarios } from '../ranScenarios.ts'
import { judgedInRegions } from '../regions.ts'
import type { RunRecord } from '../runRecord.ts'
import { metricShare } from '../shares.ts'
import { CALLS, ITERATIONS, JOURNEYS, OPERATIONS, REQUESTS, STEPS, type Part } from '../signals.ts'
import { CONNECTING } from '../sockets.ts'
import type { Store } from '../store.ts'
import { WEB_VITALS } from '../webVitals.ts'
import { matches } from '../where.ts'
import { betterByThresholds } from './betterByThresholds.ts'
import { checksOf } from './checks.ts'
import { aboutRun, conditionsOf } from './conditions.ts'
import type { MeasuredRun, Measurement, Place } from './measuredRun.ts'

/** A metric that is measured, and by which tags: a Trend, or a Rate by its counters. */
interface Subject {
  readonly metric: string
  readonly kind: 'values' | 'share'
  readonly by: readonly (keyof typeof TAGS)[]
}

/** The parts of a place, and the tags of k6 that have them. */
export const TAGS = {
  journey: 'journey',
  step: 'step',
  scenario: 'scenario',
  request: 'name',
  region: 'region',
} as const

/** Of a suite: what its journeys and steps took, and the shares of them that failed. */
const OF_SUITE: readonly Subject[] = [
  { metric: JOURNEYS.trend, kind: 'values', by: ['journey'] },
  { metric: JOURNEYS.failedShare, kind: 'share', by: ['journey'] },
  { metric: STEPS.trend, kind: 'values', by: ['journey', 'step'] },
  { metric: REQUESTS.failedShare, kind: 'share', by: ['journey', 'step'] },
  { metric: OPERATIONS.failedShare, kind: 'share', by: ['journey', 'step'] },
  { metric: CALLS.failedShare, kind: 'share', by: ['journey', 'step'] },
  // A step's time has what is said by a socket, and not what connecting took. How long a session was says nothing.
  { metric: CONNECTING, kind: 'values', by: ['journey', 'request'] },
]
/** Of a plain script, which has neither: its requests by name. */
const OF_SCRIPT: readonly Subject[] = [
  { metric: REQUESTS.trend, kind: 'values', by: ['scenario', 'request'] },
  { metric: REQUESTS.failedShare, kind: 'share', by: ['scenario', 'request'] },
  { metric: CALLS.trend, kind: 'values', by: ['scenario', 'request'] },
  { metric: CONNECTING, kind: 'values', by: ['scenario'] },
]
/** Of a load from several regions: the requests of each, or what else all of them do. */
function ofRegions(store: Store): Subject[] {
  const { trend, failedShare } = judgedInRegions(store) ?? {}
  return [
    ...(trend === undefined ? [] : [{ metric: trend, kind: 'values', by: ['region'] } as const]),
    ...(failedShare === undefined ? [] : [{ metric: failedShare, kind: 'share', by: ['region'] } as const]),
  ]
}
/** What the browser measures of a page: a plain script's have no names but their addresses. */
const vitalsBy = (by: Subject['by']): Subject[] =>
  WEB_VITALS.map(({ metric }) => ({ metric, kind: 'values', by }))

/** The phase that is kept beside those that are judged: what a cold start costs. */
const WARM_UP = 'warm-up'
/** Places of a metric at most, those with most samples, and as many in the warm-up: names with ids in them are a mistake of the author's. */
export const MAX_PLACES = 100

/** What a run measured, by place, as it is compared with others. */
export function measuredRun(record: RunRecord, store: Store): MeasuredRun {
  const { id, startedAt, verdict, judgedPhases, script, declared, instances } = record
  const own = (declared?.own ?? []).flatMap(({ name, kind }): Subject[] =>
    kind === 'trend' || kind === 'rate'
      ? [{ metric: name, kind: kind === 'trend' ? 'values' : 'share', by: [] }]
      : [],
  )
  const subjects = [
    ...(script === undefined
      ? [...OF_SUITE, ...vitalsBy(['journey', 'request'])]
      : [...OF_SCRIPT, ...vitalsBy(['scenario'])]),
    ...own,
    ...ofRegions(store),
  ]
  const judged = [...judgedPhases, '']
  const found = [
    ...subjects.flatMap((subject) => [
      most(measured(store, subject, judged), sizeOf),
      most(measured(store, subject, judged.includes(WARM_UP) ? [] : [WARM_UP]), sizeOf),
    ]),
    most(checksOf(record, store, judged), failuresOf),
  ]
  // Where places of the warm-up were cut, too, the judged ones count: they come last.
  const cut = found.toReversed().flatMap(({ metric, left }) => (left > 0 ? [[metric, left] as const] : []))
  const looked = sum(instances.map(({ generator }) => generator?.looked ?? 0))
  const full = sum(instances.map(({ generator }) => generator?.full ?? 0))
  return {
    id,
    startedAt,
    verdict,
    conditions: conditionsOf(record),
    judgedPhases,
    about: aboutRun(record),
    ...(looked > 0 ? { full: full / looked } : {}),
    ...defined({ better: betterByThresholds(record.thresholds) }),
    ...(cut.length > 0 ? { cut: Object.fromEntries(cut) } : {}),
    measurements: [...found.flatMap(({ kept }) => kept), ...pacesOf(record, store)],
  }
}

function measured(store: Store, subject: Subject, phases: readonly string[]): Measurement[] {
  const { metric, kind, by } = subject
  const found = kind === 'values' ? valuesOf(store, metric, by) : sharesOf(store, metric, by)
  return found.filter(({ phase }) => phases.includes(phase))
}

/** The largest of the places of a metric, and how many are left out. */
function most(
  found: readonly Measurement[],
  by: (one: Measurement) => number,
): { kept: readonly Measurement[]; metric: string; left: number } {
  const kept = found.toSorted((a, b) => by(b) - by(a)).slice(0, MAX_PLACES)
  return { kept, metric: found[0]?.metric ?? '', left: found.length - kept.length }
}

const sizeOf = (one: Measurement): number =>
  one.kind === 'values' ? one.values.count : one.kind === 'share' ? one.of : one.count

/** Of checks those come first that failed at all. */
const failuresOf = (one: Measurement): number => (one.kind === 'share' ? one.part + one.of / 1e12 : 0)

function valuesOf(store: Store, metric: string, by: Subject['by']): Measurement[] {
  return [...grouped(series(store, metric), by).values()].flatMap(({ place, all }) => {
    const histograms = all.flatMap((one) => (one.kind === 'histogram' ? [one] : []))
    const [first] = histograms
    if (first === undefined) return []
    const values = histograms.map(({ histogram }) => histogram).reduce(merge)
    return [{ ...place, metric, kind: 'values', unit: first.unit, values }]
  })
}

function sharesOf(store: Store, metric: string, by: Subject['by']): Measurement[] {
  const { yes, ...other } = metricShare(metric)
  const rest = 'all' in other ? other.all : other.no
  const counts = (part: Part): Map<string, { place: Place; all: Series[] }> =>
    grouped(
      series(store, part.metric).filter(({ labels }) => matches(labels, part.where)),
      by,
    )
  const [parts, others] = [counts(yes), counts(rest)]
  const total = (group: { all: Series[] } | undefined): number =>
    sum((group?.all ?? []).map((one) => (one.kind === 'counter' ? one.total : 0)))
  return [...new Set([...others.keys(), ...parts.keys()])].flatMap((key) => {
    const place = (others.get(key) ?? parts.get(key))?.place
    const part = total(parts.get(key))
    const of = total(others.get(key)) + ('all' in other ? 0 : part)
    return place && of > 0 ? [{ ...place, metric, kind: 'share', part, of }] : []
  })
}

/** Iterations in the judged phases of scenarios of the open model; in a closed one their number says what times say. */
function pacesOf({ declared, load, phases = [], judgedPhases }: RunRecord, store: Store): Measurement[] {
  const shapes = ranScenarios({ load, declared })
  const lengths = new Map<string, number>()
  for (const { scenario, phase, from, to } of phases) {
    const shape = shapes[scenario]
    if (!judgedPhases.includes(phase) || shape === undefined || !isOpen(shape)) continue
    const key = keyOf(scenario, phase)
    lengths.set(key, (lengths.get(key) ?? 0) + (Date.parse(to) - Date.parse(from)) / 1000)
  }
  return [...grouped(series(store, ITERATIONS.all.metric), ['scenario']).values()].flatMap(
    ({ place, all }) => {
      const seconds = lengths.get(keyOf(place.scenario ?? '', place.phase)) ?? 0
      const count = sum(all.map((one) => (one.kind === 'counter' ? one.total : 0)))
      return seconds > 0 ? [{ ...place, metric: ITERATIONS.all.metric, kind: 'pace', count, seconds }] : []
    },
  )
}

const keyOf = (...words: readonly string[]): string => JSON.stringify(words)

/** Series by place: those without one of the tags belong to none. */
function grouped(
  found: readonly Series[],
  by: Subject['by'],
): Map<string, { readonly place: Place; readonly all: Series[] }> {
  const groups = new Map<string, { place: Place; all: Series[] }>()
  for (const one of found) {
    const { phase = '' } = one.labels
    const words = by.map((part) => one.labels[TAGS[part]] ?? '')
    if (words.includes('')) continue
    const key = keyOf(phase, ...words)
    const known = groups.get(key)
    if (known) known.all.push(one)
    else {
      const place = { ...Object.fromEntries(by.map((part, index) => [part, words[index]])), phase }
      groups.set(key, { place, all: [one] })
    }
  }
  return groups
}

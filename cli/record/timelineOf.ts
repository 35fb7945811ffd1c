import type { Cells, Levels } from './cells.ts'
import type { Curves } from './curves.ts'
import { heatmapOf } from './heatmap.ts'
import { quantile, sumBuckets, type Histogram } from '../prometheus/index.ts'
import { type DeclaredMetric, ownCurves } from './ownCurves.ts'
import { routeKey, routeWords } from './routes.ts'
import { CHECKS, ITERATIONS, JOURNEYS, othersOf, REQUESTS, STEPS, type Signal } from './signals.ts'
import type { Curve, TimeCurves, Timeline } from './timeline.ts'

/** What is known of a run beside its series: the order in which things are drawn, the author's own metrics. */
export interface TimelineAbout {
  readonly journeys?: readonly string[]
  readonly steps?: readonly { readonly journey: string; readonly step: string }[]
  /** As the manifest lists them; without it they are told by what k6 calls them. */
  readonly metrics?: readonly DeclaredMetric[]
}

/** Rows of a heatmap at most and at least, and numbers of all heatmaps together. */
const ROWS = { most: 64, least: 8 }
const MAX_NUMBERS = 300_000

/** A run over time, as far as it is recorded; `growing` leaves out the last window while it still fills. */
export function timelineOf(curves: Curves, about: TimelineAbout = {}, growing = false): Timeline {
  const table = curves.table()
  const read = readerOf(curves, growing)
  const { at, counted, timed, level } = read
  const journeys = namesOf(
    read.keys,
    'journey',
    about.journeys?.map((journey) => [journey]),
  )
  const steps = namesOf(
    read.keys,
    'step',
    about.steps?.map(({ journey, step }) => [journey, step]),
  )
  const room = Math.floor(MAX_NUMBERS / (at.length * steps.length || 1))
  const rows = Math.min(ROWS.most, Math.max(ROWS.least, room))
  const iterations = counted(ITERATIONS.name, 'count')
  const checks = counted(CHECKS.name, 'count')
  return {
    window: curves.length() / 1000,
    at: at.map((start) => start / 1000),
    requests: timed(REQUESTS, []),
    others: othersOf(curves.signals)
      .filter(({ name }) => read.isSeen(name))
      .map((signal) => ({ signal, curves: timed(signal, []) })),
    iterations,
    dropped: orNone(counted('dropped'), iterations),
    checks,
    failedChecks: orNone(counted(CHECKS.name, 'failed'), checks),
    vus: level('vus'),
    vusMax: level('vusMax'),
    journeys: journeys.map(([journey = '']) => ({
      journey,
      started: counted('journey', journey, JOURNEYS.name, 'started'),
      time: timed(JOURNEYS, ['journey', journey]),
    })),
    steps: steps.map(([journey = '', step = '']) => ({
      journey,
      step,
      time: timed(STEPS, ['step', journey, step], REQUESTS),
      heatmap: heatmapOf(read.histograms('step', journey, step, STEPS.name), rows),
    })),
    own: ownCurves(table, about.metrics).map(({ metric, kind, key, seconds }) => ({
      metric,
      kind,
      values: at.map((start) => {
        if (kind === 'counter') return table.counts.get(key)?.get(start) ?? null
        if (kind === 'gauge') return lastOf(table.levels.get(key)?.get(start))
        return percentile(table.times.get(key)?.get(start), 95, seconds ? 1000 : 1)
      }),
    })),
  }
}

function readerOf(curves: Curves, growing: boolean) {
  const { counts, times, levels } = curves.table()
  const covered = new Set(
    [...counts.values(), ...times.values(), ...levels.values()].flatMap((cells: Cells<unknown>) => [
      ...cells.keys(),
    ]),
  )
  const at = startsOf(curves, growing)
  const counted = (...words: string[]): Curve => {
    const key = routeKey(...words)
    const [cells, samples] = [counts.get(key), times.get(key)]
    const none = (cells ?? samples) ? 0 : null
    return at.map(
      (start) => cells?.get(start) ?? samples?.get(start)?.count ?? (covered.has(start) ? none : null),
    )
  }
  const keys = [...counts.keys(), ...times.keys()]
  const histograms = (...words: string[]): (Histogram | undefined)[] => {
    const cells = times.get(routeKey(...words, 'trend'))
    return at.map((start) => cells?.get(start))
  }
  const timed = (signal: Signal, whose: readonly string[], { name } = signal): TimeCurves => {
    const all = histograms(...whose, signal.name)
    // What nobody counts has samples.
    const isCounted = keys.includes(routeKey(...whose, name, 'count'))
    const count = counted(...whose, name, isCounted ? 'count' : 'trend')
    const scale = signal.unit === 'ms' ? 1000 : 1
    return {
      count,
      failed: orNone(counted(...whose, name, 'failed'), count),
      p50: all.map((each) => percentile(each, 50, scale)),
      p95: all.map((each) => percentile(each, 95, scale)),
      p99: all.map((each) => percentile(each, 99, scale)),
    }
  }
  const level = (word: string): Curve =>
    at.map((start) => {
      const values = [...(levels.get(routeKey(word))?.get(start)?.values() ?? [])]
      return values.length > 0 ? sumBuckets(values.map(({ value }) => value)) : null
    })
  const isSeen = (name: string): boolean => keys.some((key) => routeWords(key)[0] === name)
  return { at, counted, histograms, timed, level, keys, isSeen }
}

/** The starts of all windows, ms, without a gap. */
function startsOf(curves: Curves, growing: boolean): number[] {
  const span = curves.span()
  if (!span) return []
  const length = curves.length()
  const all = Math.round((span.last - span.first) / length) + 1
  const shown = growing && all > 1 ? all - 1 : all
  return Array.from({ length: shown }, (_, window) => span.first + window * length)
}

/** Names in the order in which they are declared, then in that of their first point. */
function namesOf(keys: readonly string[], kind: string, declared: readonly string[][] = []): string[][] {
  const seen = keys.map(routeWords).filter(([word]) => word === kind)
  const names = seen.map((words) => words.slice(1, kind === 'step' ? 3 : 2))
  const recorded = new Map(names.map((name) => [routeKey(...name), name]))
  const first = declared.filter((name) => recorded.delete(routeKey(...name)))
  return [...first, ...recorded.values()]
}

/** Whoever counts has none, where nothing says that there were some. */
function orNone(curve: Curve, beside: Curve): Curve {
  return curve.map((value, window) => value ?? (beside[window] == null ? null : 0))
}

/** In k6 a Gauge's value is the last one, whatever its tags. */
function lastOf(levels: Levels | undefined): number | null {
  const points = [...(levels?.values() ?? [])].sort((a, b) => a.at - b.at)
  return points.at(-1)?.value ?? null
}

type Percent = 50 | 95 | 99

/** Histograms do not change: what was computed of one stays true, and most windows stay as they were. */
const known = new WeakMap<Histogram, Map<Percent, number | undefined>>()

function percentile(histogram: Histogram | undefined, percent: Percent, scale: number): number | null {
  if (!histogram) return null
  const figures = known.get(histogram) ?? new Map<Percent, number | undefined>()
  known.set(histogram, figures)
  if (!figures.has(percent)) figures.set(percent, quantile(histogram, percent / 100))
  const value = figures.get(percent)
  return value === undefined ? null : value * scale
}

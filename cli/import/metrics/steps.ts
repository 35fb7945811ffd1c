import { sum } from '../../../config/sum.ts'
import { plural, UserError } from '../../base/index.ts'
import type { Point, Series } from './series.ts'

/** More steps are no answer of a Prometheus, which gives 11,000 at most. */
const MAX_STEPS = 200_000
const LEAST_STEPS = 2

/** Rates on a grid of equal steps. */
export interface Steps {
  /** Seconds of a step. */
  seconds: number
  /** Steps in which a series has a number. */
  known: number
  /** All steps. */
  of: number
  /** Counters that fell while they were sums of several: nobody knows by how much they rose there. */
  resets: number
  /** Requests of each series, in all. */
  requests: readonly number[]
  /** Requests per second of the series that count together, of each known step. */
  rates: (counts: readonly boolean[]) => Float64Array
}

/** The rates of series, from rates or from counters. Throws UserError where they have no two steps. */
export function stepsOf(all: readonly Series[], counters: boolean, file: string): Steps {
  const seconds = stepSeconds(all)
  let [from, to] = [Infinity, -Infinity]
  for (const { points } of all)
    for (const [at] of points) {
      if (at < from) from = at
      if (at > to) to = at
    }
  const of = seconds === undefined ? 1 : Math.round((to - from) / seconds) + 1
  if (seconds === undefined || of < LEAST_STEPS)
    throw new UserError(
      `${file} has one step alone: ask for a longer time or a smaller step, or save what /api/v1/query answers for a mix without arrivals`,
    )
  if (of > MAX_STEPS) throw new UserError(`${file}: got ${plural(of, 'step')}; allowed: ${MAX_STEPS}`)
  const place = (at: number): number => Math.round((at - from) / seconds)
  const known = new Uint8Array(of)
  let resets = 0
  const rated = all.map(({ labels, points }) => {
    if (!counters) return points.map(([at, value]) => ({ from: place(at), to: place(at), rate: value }))
    return points.slice(1).flatMap(([at, value], index) => {
      const [before, was] = points[index] as Point
      if (at <= before) return []
      const isReset = value < was
      // A process that starts anew counts from 0; a sum of processes tells nothing where one of them does.
      const isSum = labels.__name__ === undefined
      if (isReset && isSum) resets++
      const rise = isReset ? (isSum ? 0 : value) : value - was
      const to = place(at)
      return [{ from: Math.min(to, place(before) + 1), to, rate: rise / (at - before) }]
    })
  })
  for (const spans of rated) for (const span of spans) known.fill(1, span.from, span.to + 1)
  return {
    seconds,
    known: sum([...known]),
    of: counters ? of - 1 : of,
    resets,
    requests: rated.map((spans) => sum(spans.map((span) => span.rate * seconds * (span.to - span.from + 1)))),
    rates(counts) {
      const rates = new Float64Array(of)
      for (const [index, spans] of rated.entries())
        if (counts[index])
          for (const span of spans)
            for (let at = span.from; at <= span.to; at++) rates[at] = (rates[at] ?? 0) + span.rate
      return rates.filter((_, at) => known[at] === 1)
    },
  }
}

/** Seconds between two points of a series, as nine in ten of them are at least apart; undefined for single points. */
function stepSeconds(all: readonly Series[]): number | undefined {
  const gaps = all
    .flatMap(({ points }) => points.slice(1).map(([at], index) => at - (points[index]?.[0] ?? at)))
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b)
  const gap = gaps[Math.floor(gaps.length / 10)]
  return gap === undefined ? undefined : Math.max(0.001, Math.round(gap * 1000) / 1000)
}

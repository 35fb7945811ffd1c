import { plural, printable, truncate, UserError } from '../../base/index.ts'
import { isRecord } from '../studio/raw.ts'
import type { Saved } from './resultIn.ts'

/** What a metric was at a time (seconds since 1970). */
export type Point = readonly [at: number, value: number]

/** One series. */
export interface Series {
  labels: Readonly<Record<string, string>>
  /** Those that are numbers, by time. */
  points: readonly Point[]
}

/** What a person may ask for instead. */
export const EXAMPLE = 'sum by (method, route) (rate(http_requests_total[1m]))'

/** The series of an answer. Throws UserError where there are none, or something else than numbers of requests. */
export function seriesOf({ resultType, result, error }: Saved, file: string): Series[] {
  if (error !== undefined)
    throw new UserError(`${file}: Prometheus answered with an error: ${foreign(error)}`)
  if (resultType !== 'matrix' && resultType !== 'vector')
    throw new UserError(
      `${file}: got a ${foreign(resultType)}; allowed: a matrix or a vector, as of ${EXAMPLE}`,
    )
  if (result.length === 0)
    throw new UserError(`${file} has no series: the query finds nothing at that time: try ${EXAMPLE}`)
  const all = result.map((one): Series => {
    if (!isRecord(one) || !isRecord(one.metric)) throw damaged(file)
    if (one.histogram !== undefined || one.histograms !== undefined)
      throw new UserError(
        `${file} has histograms, not rates: write histogram_count(…) around rate(…) in the query`,
      )
    const pairs = resultType === 'vector' ? [one.value] : one.values
    if (!Array.isArray(pairs)) throw damaged(file)
    const points = pairs.map((pair: unknown): Point => {
      if (!Array.isArray(pair) || typeof pair[0] !== 'number') throw damaged(file)
      return [pair[0], Number(pair[1])]
    })
    return {
      labels: Object.fromEntries(Object.entries(one.metric).map(([name, value]) => [name, String(value)])),
      points: points.filter(([, value]) => Number.isFinite(value)).sort(([a], [b]) => a - b),
    }
  })
  refuseOther(all, file)
  return all
}

/** Throws UserError with why series are no requests of one metric. */
function refuseOther(all: readonly Series[], file: string): void {
  if (all.every(({ points }) => points.length === 0))
    throw new UserError(
      `${file}: ${all.length === 1 ? 'its series has' : `each of its ${plural(all.length, 'series', 'series')} has`} only NaN, which is no rate: ask for a time in which there were requests`,
    )
  const negative = all.flatMap(({ points }) => points).find(([, value]) => value < 0)
  if (negative !== undefined)
    throw new UserError(
      `${file}: got ${negative[1]}, which is no rate: ask by rate(…), not by delta or deriv`,
    )
  const part = ['le', 'quantile'].find((name) => all.some(({ labels }) => labels[name] !== undefined))
  if (part !== undefined)
    throw new UserError(
      `${file}: the label ${part} says that its series are parts of a histogram: ask for the metric that ends in _count`,
    )
  const names = [...new Set(all.map(({ labels }) => labels.__name__).filter((name) => name !== undefined))]
  if (names.length > 1)
    throw new UserError(`${file} has several metrics (${foreign(names.join(', '))}): ask for one`)
}

/** Foreign text in a message. */
export const foreign = (text: string): string => printable(truncate(text, 200))

const damaged = (file: string): UserError =>
  new UserError(`${file} is no whole answer of Prometheus: save again what /api/v1/query_range answers`)

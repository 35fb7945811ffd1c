import { sum } from '../../config/sum.ts'
import { defined } from '../base/index.ts'
import type { SummaryExport } from '../k6/index.ts'
import { betweenRanks, quantile, rankBounds } from '../prometheus/index.ts'
import {
  occurrences,
  distribution,
  inK6sUnit,
  ITERATIONS,
  othersOf,
  countersOf,
  samplesOf,
  QUIET,
  REQUESTS,
  SIGNALS,
  type Agreed,
  type Distribution,
  type Part,
  type Signal,
  type Store,
} from '../record/index.ts'

/** The recorder's figures beside k6's own. */
export interface Agreement {
  agreement: { recorded: Agreed; k6: Agreed }
  /** Counts that differ, or sums of times in a unit: the run is then invalid. */
  disagreements: Disagreement[]
  /** Quantiles that lie further apart than buckets explain. */
  quantiles: QuantilesApart[]
  /** Names under which two metrics are pushed. */
  shared: readonly string[]
}

interface Disagreement {
  metric: string
  recorded: number
  k6: number
  unit?: string
}

interface QuantilesApart extends Omit<Disagreement, 'unit'> {
  /** As k6 names it: `p(95)`. */
  quantile: string
}

/** Sums of the same values, added up in another order and written with some digits. */
const MAX_RELATIVE_DIFFERENCE = 1e-6

/**
 * What was recorded, held against k6's own figures of the same run. Undefined where k6 left no figures (it was killed),
 * or nothing was recorded.
 */
export function agreementOf(
  store: Store,
  { metrics }: SummaryExport,
  signals = SIGNALS,
): Agreement | undefined {
  if (Object.keys(metrics).length === 0 || store.series().length === 0) return undefined
  const disagreements: Disagreement[] = []
  const quantiles: QuantilesApart[] = []
  const shared = store.shared()
  const isShared = (metric: string): boolean =>
    ['', '_seconds', '_bytes', '_total'].some((suffix) => shared.includes(`k6_${metric}${suffix}`))
  const compare = (metric: string, recorded: number, k6: number): void => {
    if (isShared(metric)) return
    if (recorded !== k6) disagreements.push({ metric, recorded, k6 })
  }
  const isCounter = (metric: string): boolean => !isTrend(metrics[metric] ?? {})
  const counters = [...signals, ITERATIONS].flatMap(countersOf).map(({ metric }) => metric)
  for (const metric of new Set(counters.filter(isCounter)))
    compare(metric, occurrences(store, { metric }), countIn(metrics, metric))
  for (const [metric, values] of Object.entries(metrics)) {
    // A sub-metric is a part of one that is compared; a Counter and a Rate have no quantiles.
    if (metric.includes('{') || !isTrend(values)) continue
    const recorded = distribution(store, metric)
    const count = numberIn(values, 'count')
    if (QUIET.includes(metric)) disagreements.push(...quietSums(metric, recorded, values))
    else if (count !== undefined) compare(metric, recorded?.count ?? 0, count)
    if (recorded && recorded.count === count) quantiles.push(...quantilesApart(metric, recorded, values))
  }
  const recordedOf = ({ trend = '' }: Signal): number | undefined => {
    const values = distribution(store, trend)
    return values && inK6sUnit(values, betweenRanks(values, 0.95))
  }
  return {
    agreement: {
      recorded: agreed(signals, (metric) => occurrences(store, { metric }), recordedOf),
      k6: agreed(
        signals,
        (metric) => countIn(metrics, metric),
        ({ trend = '' }) => numberIn(metrics[trend], 'p(95)'),
      ),
    },
    disagreements,
    quantiles,
    shared,
  }
}

/** Of a timing whose zeros are not recorded, the sum must agree: zeros add nothing to it. */
function quietSums(metric: string, recorded: Distribution | undefined, values: object): Disagreement[] {
  const [count, average] = [numberIn(values, 'count'), numberIn(values, 'avg')]
  if (count === undefined || average === undefined) return []
  const own = recorded ? (inK6sUnit(recorded, recorded.sum) ?? 0) : 0
  const k6 = average * count
  if ((recorded?.count ?? 0) <= count && Math.abs(own - k6) <= MAX_RELATIVE_DIFFERENCE * k6) return []
  return [{ metric, recorded: rounded(own), k6: rounded(k6), unit: 'ms' }]
}

/** The bounds between which k6's own quantile lies, in k6's unit: those of the buckets of its rank, and of one neighbour. */
export function boundsOf(recorded: Distribution, q: number): readonly [lower: number, upper: number] {
  const [low, high] = rankBounds(recorded, q)
  const wider = 2 ** (2 ** -recorded.schema)
  const lower = low > 0 ? low / wider : low * wider
  const upper = high > 0 ? high * wider : high / wider
  return [inK6sUnit(recorded, lower) ?? lower, inK6sUnit(recorded, upper) ?? upper]
}

function quantilesApart(metric: string, recorded: Distribution, values: object): QuantilesApart[] {
  return Object.keys(values).flatMap((stat) => {
    const q = quantileOf(stat)
    const k6 = numberIn(values, stat)
    if (q === undefined || k6 === undefined || recorded.count === 0) return []
    const own = inK6sUnit(recorded, quantile(recorded, q)) ?? 0
    const [lower, upper] = boundsOf(recorded, q)
    const slack = 1e-9 * Math.abs(k6)
    if (k6 >= lower - slack && k6 <= upper + slack) return []
    return [{ metric, quantile: stat, recorded: rounded(own), k6: rounded(k6) }]
  })
}

function quantileOf(stat: string): number | undefined {
  if (stat === 'med') return 0.5
  const percent = /^p\(([\d.]+)\)$/.exec(stat)?.[1]
  return percent === undefined ? undefined : Number(percent) / 100
}

function isTrend(values: object): boolean {
  return Object.keys(values).some((key) => quantileOf(key) !== undefined || key === 'avg')
}

function numberIn(values: object | undefined, key: string): number | undefined {
  const value = (values as Readonly<Record<string, unknown>> | undefined)?.[key]
  return typeof value === 'number' ? value : undefined
}

function agreed(
  signals: readonly Signal[],
  countOf: (metric: string) => number,
  p95Of: (signal: Signal) => number | undefined,
): Agreed {
  const count = (parts: readonly Part[]): number => sum(parts.map(({ metric }) => countOf(metric)))
  const figuresOf = (signal: Signal) =>
    defined({ count: count(countersOf(signal)) || count(samplesOf(signal)), p95: p95Of(signal) })
  const { count: requests, ...figures } = figuresOf(REQUESTS)
  const others = othersOf(signals)
    .map((signal) => ({ signal: signal.name, ...figuresOf(signal) }))
    .filter(({ count }) => count > 0)
  return { requests, ...figures, ...(others.length > 0 ? { signals: others } : {}) }
}

const countIn = (metrics: SummaryExport['metrics'], metric: string): number =>
  numberIn(metrics[metric], 'count') ?? 0

const rounded = (value: number): number => Number(value.toPrecision(4))

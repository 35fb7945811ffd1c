import { copyOf, mergeInto, sumBuckets, type Histogram } from '../prometheus/index.ts'
import { groupedBy } from './derived.ts'
import type { Part } from './signals.ts'
import type { Recorded, Store } from './store.ts'
import { matches, type Where } from './where.ts'

/**
 * The unit of what was recorded: k6's time trends come in seconds, data trends in bytes, all else as it was
 * added.
 */
export type Unit = 's' | 'bytes' | ''

/** A recorded series under k6's own metric name, with its unit. */
export type Series = Recorded & { readonly metric: string; readonly unit: Unit }

/** A histogram with the unit of its bounds and sum. */
export interface Distribution extends Histogram {
  readonly unit: Unit
}

/** How k6's remote write writes a metric of each kind: `k6_` + its name + one of these. */
const suffixes: readonly (readonly [Recorded['kind'], suffix: string, unit: Unit])[] = [
  ['counter', '_total', ''],
  ['histogram', '_seconds', 's'],
  ['histogram', '_bytes', 'bytes'],
  ['histogram', '', ''],
  ['gauge', '_rate', ''],
  ['gauge', '', ''],
]

/**
 * The series of a k6 metric (`http_reqs`, `group_duration`, an own `shop_orders`); a Rate is a gauge, true
 * for its own tags only.
 */
export function series(store: Store, metric: string, where: Where = {}): Series[] {
  const named = byName(store.series())
  return suffixes.flatMap(([kind, suffix, unit]) =>
    (named.get(`k6_${metric}${suffix}`) ?? []).flatMap((one) =>
      one.kind === kind && matches(one.labels, where) ? [{ ...one, metric, unit }] : [],
    ),
  )
}

/** Series by their Prometheus names. */
const byName = groupedBy(({ name }) => name)

/**
 * The sum of a Counter over the matching series; 0 when there is none (`series` tells a silent counter from a
 * zero).
 */
export function total(store: Store, metric: string, where: Where = {}): number {
  return sumBuckets(series(store, metric, where).map((one) => (one.kind === 'counter' ? one.total : 0)))
}

/** How often something was counted over the matching series: by a Counter, or by the samples of a Trend. */
export function occurrences(store: Store, { metric, where: own }: Part, where: Where = {}): number {
  const counts = series(store, metric, { ...where, ...own }).map((one) =>
    one.kind === 'counter' ? one.total : one.kind === 'histogram' ? one.histogram.count : 0,
  )
  return sumBuckets(counts)
}

/**
 * The sum of a Gauge's latest values over the matching series (VUs over instances); undefined when there is
 * none, and for a Rate, which cannot be added.
 */
export function level(store: Store, metric: string, where: Where = {}): number | undefined {
  const values = series(store, metric, where).flatMap((one) =>
    one.kind === 'gauge' && one.name === `k6_${metric}` ? [one.value] : [],
  )
  return values.length > 0 ? sumBuckets(values) : undefined
}

/**
 * A Trend over the matching series, merged, in the unit it says (k6's ms have become seconds); undefined when
 * there is none.
 */
export function distribution(store: Store, metric: string, where: Where = {}): Distribution | undefined {
  const all = series(store, metric, where).flatMap((one) => (one.kind === 'histogram' ? [one] : []))
  const [first] = all
  if (!first) return undefined
  const sum = copyOf(first.histogram)
  for (const { histogram } of all.slice(1)) mergeInto(sum, histogram)
  return { ...sum, unit: first.unit }
}

/** A value of a distribution in k6's unit: k6 writes times in milliseconds, and pushes them in seconds. */
export const inK6sUnit = ({ unit }: Distribution, value: number | undefined): number | undefined =>
  value === undefined || unit !== 's' ? value : value * 1000

/**
 * The values that a label has among the matching series of a metric, sorted, each once; '' where it is not
 * there.
 */
export function values(store: Store, metric: string, label: string, where: Where = {}): string[] {
  return [...new Set(series(store, metric, where).map(({ labels }) => labels[label] ?? ''))].sort()
}

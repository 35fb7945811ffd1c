import { sum } from '../../config/sum.ts'
import { K6_METRICS, PROTOCOL_METRICS, type MetricKind } from '../../config/thresholds/metricKinds.ts'
import { parseThresholdKey } from '../../config/thresholds/thresholdKey.ts'
import { CATALOG } from '../../lib/catalog.ts'
import { holds, parseExpression, type ThresholdExpression, type ThresholdResult } from '../k6/index.ts'
import { mean, quantile } from '../prometheus/index.ts'
import {
  distribution,
  inK6sUnit,
  level,
  occurrences,
  series,
  metricShare,
  total,
  type SuiteDeclarations,
  type Part,
  type Series,
  type Store,
  type Where,
} from '../record/index.ts'

/** Results of thresholds on the data recorded so far, after so many seconds; quantiles are the recorder's. */
export function thresholdsSoFar(
  store: Store,
  { thresholds = {}, own = [] }: Pick<SuiteDeclarations, 'thresholds' | 'own'>,
  seconds: number,
): ThresholdResult[] {
  const kinds = kindsOf(own)
  return Object.entries(thresholds).flatMap(([key, list]) => {
    const { metric, tags } = parseThresholdKey(key) ?? { metric: key, tags: {} }
    return list.map((threshold): ThresholdResult => {
      const expression = parseExpression(threshold)
      const kind = expression && (kinds[metric] ?? kindBy(expression))
      const value = expression && valueOf(store, { metric, where: tags, kind, expression, seconds })
      if (expression === undefined || value === undefined)
        return { metric: key, threshold, result: 'no samples' }
      return { metric: key, threshold, value, result: holds(value, expression) ? 'pass' : 'fail' }
    })
  })
}

/** The kind of each metric that a suite may have. */
export const kindsOf = (
  own: readonly { readonly name: string; readonly kind: MetricKind }[],
): Readonly<Record<string, MetricKind>> => ({
  ...K6_METRICS,
  ...PROTOCOL_METRICS,
  ...Object.fromEntries(Object.entries(CATALOG).map(([name, { kind }]) => [name, kind])),
  ...Object.fromEntries(own.map(({ name, kind }) => [name, kind])),
})

/** The kind of a metric that no suite declares, by what a threshold asks of it; a `rate` may be of two kinds. */
export function kindBy({ aggregation }: ThresholdExpression): MetricKind | undefined {
  if (aggregation === 'rate') return undefined
  return aggregation === 'count' ? 'counter' : aggregation === 'value' ? 'gauge' : 'trend'
}

interface Asked {
  metric: string
  where: Where
  kind: MetricKind | undefined
  expression: ThresholdExpression
  seconds: number
}

/** A value in k6's unit; undefined where there is none yet, or the recorder cannot tell it. */
function valueOf(store: Store, { metric, where, kind, expression, seconds }: Asked): number | undefined {
  const { aggregation, quantile: share } = expression
  const found = series(store, metric, where)
  if (kind === 'counter' || (kind === undefined && found.some((one) => one.kind === 'counter'))) {
    if (found.length === 0) return undefined
    return total(store, metric, where) / (aggregation === 'rate' ? Math.max(1, seconds) : 1)
  }
  if (kind === 'gauge') return level(store, metric, where)
  if (kind === 'rate' || kind === undefined) {
    const of = (part: Part): number => occurrences(store, part, where)
    const share = metricShare(metric)
    const yes = of(share.yes)
    const all = 'all' in share ? of(share.all) : yes + of(share.no)
    return all > 0 ? yes / all : alike(found, expression)
  }
  const times = distribution(store, metric, where)
  if (!times || times.count === 0) return undefined
  if (aggregation === 'avg') return inK6sUnit(times, mean(times))
  const asked = share ?? { min: 0, max: 1 }[aggregation]
  return asked === undefined ? undefined : inK6sUnit(times, quantile(times, asked))
}

/** The mean of shares that were pushed without counts, where a threshold says the same of each; else it cannot be told. */
function alike(found: readonly Series[], expression: ThresholdExpression): number | undefined {
  const shares = found.flatMap((one) => (one.kind === 'gauge' ? [one.value] : []))
  const held = new Set(shares.map((share) => holds(share, expression)))
  return held.size === 1 ? sum(shares) / shares.length : undefined
}

import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import type { MetricKind } from '../../../config/thresholds/metricKinds.ts'
import { holds, parseExpression, type SummaryExport, type ThresholdExpression } from '../../k6/index.ts'
import { distribution, inK6sUnit, type Store, type SuiteDeclarations } from '../../record/index.ts'
import { kindBy, kindsOf } from '../thresholdsSoFar.ts'
import { wholeQuantile } from './wholeQuantile.ts'

/** A threshold whose limit lies where the quantile of the whole may be: it was judged by interpolation. */
export interface NearLimit {
  metric: string
  threshold: string
  value: number
  from: number
  to: number
}

/** Thresholds over several k6, in the form in which one k6 writes them; and those that were judged by interpolation. */
export interface MergedThresholds {
  judged: SummaryExport
  near: NearLimit[]
}

/**
 * Judges thresholds over all instances, in k6's own grammar. What counts, rates, means, least and greatest values come to
 * is exact, by the `merged` summaries, which have a threshold's sub-metric where k6 was told of it; quantiles are of the
 * merged histograms, between the least and the greatest of the instances' own.
 */
export function mergedThresholds(
  store: Store,
  { summaries, merged }: { summaries: readonly SummaryExport[]; merged: SummaryExport },
  { thresholds = {}, own = [] }: Pick<SuiteDeclarations, 'thresholds' | 'own'>,
): MergedThresholds {
  const kinds = kindsOf(own)
  const near: NearLimit[] = []
  const metrics: SummaryExport['metrics'] = {}
  for (const [key, list] of Object.entries(thresholds)) {
    const { metric, tags } = parseThresholdKey(key) ?? { metric: key, tags: {} }
    const times = distribution(store, metric, tags)
    const expressions = list.flatMap((threshold) => {
      const expression = parseExpression(threshold)
      return expression ? [{ threshold, expression }] : []
    })
    const [first] = expressions
    if (!first) continue
    const values = { ...(merged.metrics[key] ?? nothing(kinds[metric], first.expression)) }
    const crossed: Record<string, boolean> = {}
    for (const { threshold, expression } of expressions) {
      const { aggregation, quantile, limit } = expression
      if (quantile !== undefined && times && times.count > 0) {
        const parts = summaries.map(({ metrics }) => metrics[key]).filter((one) => one !== undefined)
        const { value, from, to } = wholeQuantile(times, quantile, {
          scale: inK6sUnit(times, 1) ?? 1,
          parts: parts.map((part) => ({ value: part[aggregation], count: part.count })),
        })
        values[aggregation] = value
        values.count ??= times.count
        if (from < limit && limit < to) near.push({ metric: key, threshold, value, from, to })
      }
      const value = valueOf(values, aggregation)
      crossed[threshold] = value !== undefined && !holds(value, expression)
    }
    metrics[key] = { ...values, thresholds: crossed }
  }
  return { judged: { metrics }, near }
}

/** k6's words for the share of a Rate differ between its figures and its thresholds. */
function valueOf(values: Readonly<Record<string, unknown>>, aggregation: string): number | undefined {
  const value = 'passes' in values && aggregation === 'rate' ? values.value : values[aggregation]
  return typeof value === 'number' ? value : undefined
}

/** What k6 writes of a metric that never had a sample. */
function nothing(kind: MetricKind | undefined, expression: ThresholdExpression): Record<string, unknown> {
  switch (kind ?? kindBy(expression) ?? 'rate') {
    case 'counter':
      return { count: 0, rate: 0 }
    case 'gauge':
      return { value: 0, min: 0, max: 0 }
    case 'rate':
      return { passes: 0, fails: 0, value: 0 }
    default:
      return {}
  }
}

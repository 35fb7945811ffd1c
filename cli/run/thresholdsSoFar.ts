import { K6_METRICS, PROTOCOL_METRICS, type MetricKind } from '../../config/thresholds/metricKinds.ts'
import { parseThresholdKey } from '../../config/thresholds/thresholdKey.ts'
import { CATALOG } from '../../lib/catalog.ts'
import type { ThresholdResult } from '../k6/index.ts'
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
  type Store,
  type Where,
} from '../record/index.ts'

const EXPRESSION = /^\s*([a-z]+)(?:\(([\d.]+)\))?\s*(<=|>=|<|>|===?|!=)\s*(-?[\d.]+(?:e[+-]?\d+)?)\s*$/i

/** Results of thresholds on the data recorded so far, after so many seconds; quantiles are the recorder's. */
export function thresholdsSoFar(
  store: Store,
  { thresholds = {}, own = [] }: Pick<SuiteDeclarations, 'thresholds' | 'own'>,
  seconds: number,
): ThresholdResult[] {
  const kinds: Readonly<Record<string, MetricKind>> = {
    ...K6_METRICS,
    ...PROTOCOL_METRICS,
    ...Object.fromEntries(Object.entries(CATALOG).map(([name, { kind }]) => [name, kind])),
    ...Object.fromEntries(own.map(({ name, kind }) => [name, kind])),
  }
  return Object.entries(thresholds).flatMap(([key, list]) => {
    const { metric, tags } = parseThresholdKey(key) ?? { metric: key, tags: {} }
    return list.map((threshold): ThresholdResult => {
      const [, name = '', percent, operator = '', bound = ''] = EXPRESSION.exec(threshold) ?? []
      const aggregation = percent === undefined ? name : Number(percent) / 100
      const value = valueOf(store, { metric, where: tags, kind: kinds[metric], aggregation, seconds })
      if (value === undefined) return { metric: key, threshold, result: 'no samples' }
      return {
        metric: key,
        threshold,
        value,
        result: holds(value, operator, Number(bound)) ? 'pass' : 'fail',
      }
    })
  })
}

interface Asked {
  metric: string
  where: Where
  kind: MetricKind | undefined
  /** `avg`, `count` …; of a quantile its share. */
  aggregation: string | number
  seconds: number
}

/** A value in k6's unit; undefined where there is none yet, or the recorder cannot tell it. */
function valueOf(store: Store, { metric, where, kind, aggregation, seconds }: Asked): number | undefined {
  if (kind === 'counter') {
    if (series(store, metric, where).length === 0) return undefined
    return total(store, metric, where) / (aggregation === 'rate' ? Math.max(1, seconds) : 1)
  }
  if (kind === 'gauge') return level(store, metric, where)
  if (kind === 'rate') {
    const of = (part: Part): number => occurrences(store, part, where)
    const share = metricShare(metric)
    const yes = of(share.yes)
    const all = 'all' in share ? of(share.all) : yes + of(share.no)
    return all > 0 ? yes / all : undefined
  }
  const times = distribution(store, metric, where)
  if (!times || times.count === 0) return undefined
  const shares: Readonly<Record<string, number>> = { med: 0.5, min: 0, max: 1 }
  const share = typeof aggregation === 'number' ? aggregation : shares[aggregation]
  const value =
    aggregation === 'avg'
      ? mean(times)
      : share === undefined || share > 1
        ? undefined
        : quantile(times, share)
  return inK6sUnit(times, value)
}

function holds(value: number, operator: string, bound: number): boolean {
  if (operator.startsWith('<')) return operator === '<' ? value < bound : value <= bound
  if (operator.startsWith('>')) return operator === '>' ? value > bound : value >= bound
  return (value === bound) === operator.startsWith('=')
}

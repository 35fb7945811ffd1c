import type { CellTable } from './cells.ts'
import { COMMON_METRICS, routeKey, routeWords } from './routes.ts'

/** An author's own metric among the curves. */
export interface OwnCurve {
  readonly metric: string
  readonly kind: 'counter' | 'gauge' | 'trend'
  readonly key: string
  /** Its Trend's times came in seconds. */
  readonly seconds: boolean
}

/** A metric as a manifest lists it. */
export interface DeclaredMetric {
  readonly name: string
  readonly type: string
  readonly isTime: boolean
}

/** The author's own metrics that were recorded: those that are declared, or else what k6's names tell. */
export function ownCurves(table: CellTable, declared?: readonly DeclaredMetric[]): OwnCurve[] {
  const { counts, times, levels } = table
  if (declared) {
    return declared.flatMap(({ name, type, isTime }) => {
      if (COMMON_METRICS.has(name)) return []
      const [counter, gauge] = [routeKey('own', `k6_${name}_total`), routeKey('own', `k6_${name}`)]
      const trend = isTime ? routeKey('own', `k6_${name}_seconds`) : gauge
      if (type === 'counter' && counts.has(counter)) return [own(name, 'counter', counter)]
      if (type === 'gauge' && levels.has(gauge)) return [own(name, 'gauge', gauge)]
      if (type === 'trend' && times.has(trend)) return [own(name, 'trend', trend, isTime)]
      return []
    })
  }
  const named = (keys: Iterable<string>): { key: string; name: string }[] =>
    [...keys].flatMap((key) => {
      const [kind, name = ''] = routeWords(key)
      return kind === 'own' ? [{ key, name: name.replace(/^k6_/, '') }] : []
    })
  return [
    ...named(counts.keys()).map(({ key, name }) => own(name.replace(/_total$/, ''), 'counter', key)),
    ...named(levels.keys()).map(({ key, name }) => own(name, 'gauge', key)),
    ...named(times.keys()).map(({ key, name }) =>
      own(name.replace(/_(seconds|bytes)$/, ''), 'trend', key, name.endsWith('_seconds')),
    ),
  ].sort((a, b) => (a.metric < b.metric ? -1 : 1))
}

function own(metric: string, kind: OwnCurve['kind'], key: string, seconds = false): OwnCurve {
  return { metric, kind, key, seconds }
}

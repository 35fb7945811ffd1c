import { asked, trendSeries } from '../dialects/asked.ts'
import { metricShare, type Part } from '../../record/index.ts'
import type { MetricNames } from '../metrics.ts'
import type { Dialect, Measure, Question } from '../question.ts'

/** Which series a rule asks for, and by which labels. */
export interface Selection {
  readonly by: readonly string[]
  readonly where?: Readonly<Record<string, string>>
  /** How far it looks back; {@link WINDOW} unless told. */
  readonly window?: string
}

/** How far rules look back; k6 pushes every 1 s with loadwright, every 5 s without. */
export const WINDOW = { text: '1m', seconds: 60 }

/** The word that stands for a run in a question. */
const RUN = '$run'

/** The PromQL of a measure in one naming, for every run by itself; undefined where it cannot be answered. */
export const promqlOf = (
  dialect: Dialect,
  measure: Measure,
  { by, where, window }: Selection,
): string | undefined =>
  plain(dialect.ask({ ...measure, by, ...(where ? { where } : {}), over: 'time', run: RUN }), window)

/** What dashboards fill in, filled in for rules. */
const plain = <Text extends string | undefined>(promql: Text, window: string = WINDOW.text): Text =>
  promql?.replaceAll(`testid=~"${RUN}"`, 'testid!=""').replaceAll('$__rate_interval', window) as Text

/** What a Counter counts per second, in k6's remote write. */
export function perSecond(
  metrics: MetricNames,
  { metric, where: part }: Part,
  { by, where, window }: Selection,
): string {
  const question: Question = { ask: 'rate', metric, over: 'time', by, run: RUN, ...(where ? { where } : {}) }
  const counter = asked(metrics, metric, question)
  return plain(counter.sum(`rate(${counter.past(`k6_${metric}_total`, part)})`), window)
}

/** A Trend's native histograms as they are now, added up. */
export function seriesQuery(metrics: MetricNames, metric: string, { by }: Selection): string {
  const trend = asked(metrics, metric, { ask: 'buckets', metric, over: 'time', by, run: RUN })
  return plain(trend.sum(trend.now(trendSeries(trend))))
}

/** The parts of a Rate, per second: those for which it is true, and, where they are counted, those for which it is not. */
export function queryParts(
  metrics: MetricNames,
  rate: string,
  selection: Selection,
): { yes: string; no?: string } {
  const share = metricShare(rate)
  const yes = perSecond(metrics, share.yes, selection)
  return 'no' in share ? { yes, no: perSecond(metrics, share.no, selection) } : { yes }
}

/** How many values of a Trend came per second: the count of its histograms. */
export function countQuery(dialect: Dialect, metric: string, selection: Selection): string | undefined {
  const buckets = promqlOf(dialect, { ask: 'buckets', metric }, selection)
  if (buckets === undefined) return undefined
  // Classic buckets are cumulative: the largest has all.
  return dialect.name === 'native'
    ? `histogram_count(${buckets})`
    : `max by (${selection.by.join(', ')}) (${buckets})`
}

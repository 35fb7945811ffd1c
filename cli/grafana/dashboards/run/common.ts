import type { TargetsAsked } from '../../targets.ts'
import type { Dialect } from '../../question.ts'
import type { Panel } from '../../schema.ts'
import { uidOf } from '../frame.ts'
import type { DataLink } from '../links.ts'
import { runSeries, type RunSeriesName } from '../runInfo.ts'
import { around, RUN_DAYS } from '../runTimes.ts'

/** What the variables of the Run dashboard leave of a run. */
export const WHERE = { journey: '$journey', phase: '$phase' } as const

/** A series of a run that loadwright writes, at its last value, by some of its labels: whatever time is shown. */
export function ofRun(
  series: RunSeriesName,
  by: readonly string[],
  where: Readonly<Record<string, string>> = {},
): string {
  const grouped = by.length > 0 ? ` by (${by.join(', ')})` : ''
  return `max${grouped} (${around(runSeries(series, { testid: '$testid', ...where }), RUN_DAYS)})`
}

/** A word as the label of a vector. */
export const labelled = (vector: string, label: string, word: string): string =>
  `label_replace(${vector}, "${label}", "${word}", "", "")`

/** A query in PromQL alone: nothing in another language. */
export const promQuery = (
  { language }: Dialect,
  expr: string,
  more: Readonly<Record<string, unknown>> = {},
): TargetsAsked[] =>
  language === 'promql' ? [{ expr, range: true, instant: false, format: 'time_series', ...more }] : []

/** One value of a query in PromQL, for a stat or a table. */
export const instant = { range: false, instant: true, format: 'table' } as const

/** Links at a panel's head, with the fields that Grafana's dashboards have of them. */
export const panelLinks = (...links: DataLink[]): NonNullable<Panel['links']> =>
  links.map((link) => ({
    ...({ type: 'link', asDropdown: false, icon: '', includeVars: false, keepTime: false } as const),
    tags: [],
    tooltip: '',
    ...link,
  }))

/** To the dashboard that compares this run with another. */
export const toCompare = (dialect: Dialect): DataLink => ({
  title: 'Compare this run with another',
  url: `/d/${uidOf('compare', dialect)}?var-datasource=\${datasource}&var-candidate=\${testid}&from=\${__from}&to=\${__to}`,
  targetBlank: false,
})

/**
 * To the run's traces in Tempo, by Grafana's Explore; `span` narrows it, in TraceQL. Grafana puts the values of
 * variables in before the address is opened, so they alone are not encoded here.
 */
export function toTraces(title: string, span = ''): DataLink {
  const query = `{ resource.testid = "\${testid}"${span && ` && ${span}`} }`
  const target = { refId: 'A', datasource: { type: 'tempo', uid: '${traces}' }, queryType: 'traceql', query }
  const range = { from: '${__from}', to: '${__to}' }
  const panes = JSON.stringify({ run: { datasource: '${traces}', queries: [target], range } })
  const encoded = encodeURIComponent(panes).replace(/%24%7B([\w.]+)%7D/g, '${$1}')
  return { title, url: `/explore?schemaVersion=1&panes=${encoded}`, targetBlank: true }
}

/** Of a line that is of a journey: its failed traces. */
export const failedTraces: DataLink = toTraces(
  'Failed traces of this journey',
  'span.loadwright.journey = "${__field.labels.journey}" && status = error',
)

import { braces } from '../../dialects/promql.ts'
import type { Asking, PanelSpec } from '../../panels.ts'
import type { DataSource, Variable } from '../../schema.ts'

/** Where Synthetic Monitoring publishes: it may be another Prometheus than that of runs. */
export const MONITORS: DataSource = { type: 'prometheus', uid: '${monitors}' }

/** The checks and probes that are chosen. */
export const CHECKS = { job: '$job', instance: '$instance', probe: '$probe' }

/** A series of the chosen checks. All are gauges of the last execution, whatever their names end with. */
export const probe = (name: string, where: Readonly<Record<string, string>> = {}): string =>
  `probe_${name}${braces({ ...CHECKS, ...where })}`

/** A query of what is published by monitors. */
export const asking = (expr: string, legendFormat: string, run = false): Asking => ({
  ...{ expr, legendFormat, datasource: MONITORS },
  ...{ range: !run, instant: run, format: run ? 'table' : 'time_series' },
})

/** A panel of monitors alone. */
export const monitored = (spec: PanelSpec): PanelSpec => ({
  ...spec,
  more: { ...spec.more, datasource: MONITORS },
})

/** The data source of monitors, and which of them. */
export const monitorVariables = (): Variable[] => [
  {
    ...{ name: 'monitors', label: 'Data source of monitors', type: 'datasource', query: 'prometheus' },
    ...{ refresh: 1, hide: 0, regex: '', multi: false, includeAll: false, options: [] },
  },
  labelled('job', 'Check', 'probe_success'),
  labelled('instance', 'Target', 'probe_success{job=~"$job"}'),
  labelled('probe', 'Probe', 'probe_success{job=~"$job"}'),
]

function labelled(label: string, title: string, series: string): Variable {
  const query = `label_values(${series}, ${label})`
  return {
    ...{ name: label, label: title, type: 'query', datasource: MONITORS },
    ...{ query: { query, refId: label }, definition: query, refresh: 2, hide: 0, regex: '', sort: 1 },
    ...{ multi: true, includeAll: true, allValue: '.*', options: [] },
    current: { text: ['All'], value: ['$__all'] },
  }
}

import { braces } from '../../dialects/asked.ts'
import type { TargetsAsked, PanelSpec } from '../../panels.ts'
import type { DataSource, DashboardVariable } from '../../schema.ts'
import { labelVariable, SHOWN, sourceVariable } from '../variables.ts'

/** Where Synthetic Monitoring publishes: it may be another Prometheus than that of runs. */
const MONITORS: DataSource = { type: 'prometheus', uid: '${monitors}' }

/** The checks and probes that are chosen. */
const CHECKS = { job: '$job', instance: '$instance', probe: '$probe' }

/** A series of the chosen checks. All are gauges of the last execution, whatever their names end with. */
export const probeSource = (name: string, where: Readonly<Record<string, string>> = {}): string =>
  `probe_${name}${braces({ ...CHECKS, ...where })}`

/** A query of what is published by monitors. */
export const asking = (expr: string, legendFormat: string, run = false): TargetsAsked => ({
  expr,
  legendFormat,
  datasource: MONITORS,
  range: !run,
  instant: run,
  format: run ? 'table' : 'time_series',
})

/** A panel of monitors alone. */
export const monitored = (spec: PanelSpec): PanelSpec => ({
  ...spec,
  more: { ...spec.more, datasource: MONITORS },
})

/** The data source of monitors, and which of them. */
export const monitorVariables = (): DashboardVariable[] => [
  sourceVariable('monitors', 'Data source of monitors', 'prometheus', { hide: SHOWN.inMenu }),
  chosen('job', 'Check', 'probe_success'),
  { ...chosen('instance', 'Target', 'probe_success{job=~"$job"}'), hide: SHOWN.inMenu },
  chosen('probe', 'Probe', 'probe_success{job=~"$job"}'),
]

const chosen = (name: string, title: string, series: string): DashboardVariable =>
  labelVariable(MONITORS, { name, title, query: `label_values(${series}, ${name})`, all: '.*' })

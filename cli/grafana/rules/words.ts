import { uidOf } from '../dashboards/frame.ts'
import { runSeries } from '../dashboards/runInfo.ts'
import type { Alert, RulePanel, RuleUnit } from './model.ts'

/** Who fills the words in: their templates differ in what a value is called. */
export type Writer = 'prometheus' | 'grafana'

/** The pages of docs, as the published package has them. */
const DOCS = 'https://unpkg.com/loadwright/docs'

const HUMAN: Readonly<Record<RuleUnit, string>> = {
  duration: 'humanizeDuration',
  percentage: 'humanizePercentage',
  number: 'humanize',
}

/** What an alert says: summary, description, what to do, where to look. */
export function annotationsOf(alert: Alert, writer: Writer): Record<string, string> {
  const { summary, description, panel } = alert
  return {
    summary: filled(alert, summary, writer),
    description: filled(alert, description, writer),
    runbook_url: `${DOCS}/alerts.md#${alert.alert.toLowerCase()}`,
    ...(panel ? { dashboard: linkOf(panel, writer) } : {}),
  }
}

/**
 * `{{x}}` as the writer's template has it: `{{value}}` the value, else a label. Where one is missing, as in an alert
 * that says that its query failed, other words stand for it.
 */
const filled = ({ unit = 'number' }: Alert, text: string, writer: Writer): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    if (name !== 'value') return guarded(`$labels.${name}`, '.', `an unknown ${name}`)
    return writer === 'prometheus'
      ? `{{ $value | ${HUMAN[unit]} }}`
      : guarded('$values.B', `.Value | ${HUMAN[unit]}`, 'an unknown value')
  })

const guarded = (what: string, shown: string, otherwise: string): string =>
  `{{ with ${what} }}{{ ${shown} }}{{ else }}${otherwise}{{ end }}`

/** When each run began, in the milliseconds of addresses; 0 for a run of plain k6, which does not say it. */
export const BEGAN_MS = `1000 * max by (testid) (last_over_time(${runSeries('loadwright_run_start_time_seconds')}[1d])) or 0 * max by (testid) (k6_vus{testid!=""})`

/**
 * To the dashboard, for a run at its time so far. From Prometheus a link needs Grafana's address, which its external
 * label `grafana` has; without, it is relative.
 */
function linkOf({ dashboard, naming }: RulePanel, writer: Writer): string {
  const uid = uidOf(dashboard, { name: naming })
  const to = writer === 'prometheus' ? `{{ $externalLabels.grafana }}/d/${uid}` : `{{ externalURL }}d/${uid}`
  if (dashboard !== 'run') return to
  const time = writer === 'prometheus' ? PROMETHEUS_TIME : GRAFANA_TIME
  return `${to}${guarded('$labels.testid', `printf "?var-testid=%s" .`, '')}${time}`
}

/** Prometheus can ask in words: when the run began, and what time it is. */
const PROMETHEUS_TIME = `{{ range query (printf "1000 * max(last_over_time(loadwright_run_start_time_seconds{testid=%q}[1d]))" $labels.testid) }}&from={{ . | value | printf "%.0f" }}{{ range query "1000 * time()" }}&to={{ . | value | printf "%.0f" }}{{ end }}{{ end }}`

/** Grafana cannot: a query of the rule asks when the run began, and its value is E. */
const GRAFANA_TIME = `{{ with $values.E }}{{ if gt .Value 0.0 }}&from={{ printf "%.0f" .Value }}&to=now{{ end }}{{ end }}`

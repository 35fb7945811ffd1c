import { uidOf } from '../dashboards/frame.ts'
import type { Alert, RulePanel, RuleUnit } from './model.ts'

/** Who fills the words in: their templates differ in what a value is called. */
export type Writer = 'prometheus' | 'grafana'

const VALUES: Readonly<Record<Writer, string>> = { prometheus: '$value', grafana: '$values.B.Value' }
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
    runbook: `docs/alerts.md#${alert.alert.toLowerCase()}`,
    ...(panel ? { dashboard: filled(alert, linkOf(panel, writer), writer) } : {}),
  }
}

/** `{{x}}` as the writer's template has it: `{{value}}` the value, else a label. */
const filled = ({ unit = 'number' }: Alert, text: string, writer: Writer): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
    name === 'value' ? `{{ ${VALUES[writer]} | ${HUMAN[unit]} }}` : `{{ $labels.${name} }}`,
  )

/** From Prometheus a link needs Grafana's address, which its external label `grafana` has; without, it is relative. */
const linkOf = ({ dashboard, naming }: RulePanel, writer: Writer): string =>
  [
    writer === 'prometheus' ? '{{ $externalLabels.grafana }}' : '',
    `/d/${uidOf(dashboard, { name: naming })}`,
    dashboard === 'run' ? '?var-testid={{testid}}' : '',
  ].join('')

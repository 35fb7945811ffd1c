import { createHash } from 'node:crypto'
import type { About } from '../about.ts'
import { classic } from '../dialects/classic.ts'
import { native } from '../dialects/native.ts'
import { runDashboard } from '../dashboards/run.ts'
import { uidOf } from '../dashboards/frame.ts'
import type { File } from '../file.ts'
import { panelsOf } from '../panelsOf.ts'
import { inlined, isAlert, watched, type Alert, type RulePanel, type Rules } from '../rules/model.ts'
import { rulesOf } from '../rules/rulesOf.ts'
import { annotationsOf } from '../rules/words.ts'
import type { PanelTarget } from '../schema.ts'
import { UID } from './datasources.ts'
import { yamlOf } from './yaml.ts'

/** The alerts of the rule files as rules that Grafana itself evaluates: one file each. */
export const alertFiles = (about: About): File[] =>
  rulesOf(about).map((rules) => ({
    path: `provisioning/alerting/${rules.name}.yaml`,
    text: yamlOf(`${COMMENT}\n${rules.comment}`, {
      apiVersion: 1,
      groups: rules.groups.flatMap((group) => groupOf(about, group)),
    }),
  }))

const COMMENT = `Written by \`loadwright grafana\`: a change here is lost.
The alerts of grafana/rules, evaluated by Grafana, with nothing recorded. Use these or those, not both.`

/** Often enough for the shortest \`for\`. */
const INTERVAL = '30s'

function groupOf(about: About, { name, interval = INTERVAL, rules }: Rules['groups'][number]): object[] {
  const alerts = rules.filter(isAlert)
  if (alerts.length === 0) return []
  return [
    { orgId: 1, name, folder: 'loadwright', interval, rules: alerts.map((alert) => ruleOf(about, alert)) },
  ]
}

function ruleOf(about: About, alert: Alert): object {
  const { of, key = of, severity, labels, panel, noData = 'OK' } = alert
  const shown = panel ? panelOf(about, panel) : undefined
  return {
    uid: `loadwright-${hash(`${alert.alert} ${key ?? ''}`)}`,
    title: escaped([alert.alert, of].filter((one) => one !== undefined).join(' · ')),
    condition: 'C',
    data: dataOf(alert),
    ...shown,
    noDataState: noData,
    execErrState: noData === 'Alerting' ? 'Alerting' : 'Error',
    ...(alert.for === undefined ? {} : { for: alert.for }),
    annotations: annotationsOf(alert, 'grafana'),
    labels: Object.fromEntries(
      Object.entries({ severity, ...labels }).map(([label, value]) => [label, escaped(value)]),
    ),
    isPaused: false,
  }
}

/** The value (A), as one number a series (B), beyond the limit (C). */
const dataOf = (alert: Alert): object[] => [
  {
    refId: 'A',
    relativeTimeRange: { from: 600, to: 0 },
    datasourceUid: UID.prometheus,
    model: { refId: 'A', expr: watched(alert, inlined), instant: true, range: false, editorMode: 'code' },
  },
  expression('B', { type: 'reduce', expression: 'A', reducer: 'last' }),
  expression('C', {
    type: 'threshold',
    expression: 'B',
    conditions: [{ evaluator: { type: alert.is === '>' ? 'gt' : 'lt', params: [alert.limit] } }],
  }),
]

const expression = (refId: string, model: object): object => ({
  refId,
  relativeTimeRange: { from: 600, to: 0 },
  datasourceUid: '__expr__',
  model: { refId, datasource: { type: '__expr__', uid: '__expr__' }, ...model },
})

/** The panel of the Run dashboard that shows an alert's value; none where it is not found. */
function panelOf(about: About, { dashboard, naming, words }: RulePanel): object {
  if (dashboard !== 'run' || words === undefined) return {}
  const dialect = { native, classic }[naming](about.metrics)
  const panel = panelsOf(runDashboard({ ...about, dialect })).find(({ targets = [] }) =>
    (targets as PanelTarget[]).some(
      ({ expr }) => typeof expr === 'string' && words.every((word) => expr.includes(word)),
    ),
  )
  return panel ? { dashboardUid: uidOf(dashboard, dialect), panelId: panel.id } : {}
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** Grafana fills variables of its environment into titles and labels, though not into queries and annotations. */
const escaped = (text: string): string => text.replaceAll('$', '$$$$')

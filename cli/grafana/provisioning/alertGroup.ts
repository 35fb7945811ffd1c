import { createHash } from 'node:crypto'
import type { About } from '../about.ts'
import { classic } from '../dialects/classic.ts'
import { native } from '../dialects/native.ts'
import { continuousDashboard } from '../dashboards/continuous.ts'
import { runDashboard } from '../dashboards/run.ts'
import { uidOf } from '../dashboards/frame.ts'
import { panelsOf } from '../panelsOf.ts'
import { inlined, isAlert, watched, type Alert, type Group, type RulePanel } from '../rules/model.ts'
import { annotationsOf, BEGAN_MS } from '../rules/words.ts'
import type { PanelTarget } from '../schema.ts'
import { UID } from './datasources.ts'

/** Of groups that name none. */
const INTERVAL = '30s'

/** The alerts of a group as rules that Grafana itself evaluates, those that `isOf` chooses; none where it chooses none. */
export function alertGroup(
  about: About,
  { name, interval = INTERVAL, rules }: Group,
  isOf: (alert: Alert) => boolean,
  more: object = {},
): object[] {
  const alerts = rules.filter(isAlert).filter(isOf)
  if (alerts.length === 0) return []
  const made = alerts.map((alert) => ({ ...ruleOf(about, alert), ...more }))
  return [{ orgId: 1, name, folder: 'loadwright', interval, rules: made }]
}

function ruleOf(about: About, alert: Alert): object {
  const { of, key = of, severity, labels, panel, noData = 'OK' } = alert
  const shown = panel ? panelOf(about, panel) : {}
  return {
    uid: `loadwright-${hash(`${alert.alert} ${key ?? ''}`)}`,
    title: escaped([alert.alert, of].filter((one) => one !== undefined).join(' · ')),
    condition: 'C',
    data: [...dataOf(alert), ...(panel?.dashboard === 'run' ? BEGAN : [])],
    noDataState: noData,
    execErrState: noData === 'Alerting' ? 'Alerting' : 'Error',
    ...(alert.for === undefined ? {} : { for: alert.for }),
    annotations: { ...annotationsOf(alert, 'grafana'), ...shown },
    labels: Object.fromEntries(
      Object.entries({ severity, ...labels }).map(([label, value]) => [label, escaped(value)]),
    ),
    isPaused: false,
  }
}

/** The value (A), as one number a series (B), beyond the limit (C). */
const dataOf = (alert: Alert): object[] => [
  question('A', watched(alert, inlined)),
  expression('B', { type: 'reduce', expression: 'A', reducer: 'last' }),
  expression('C', {
    type: 'threshold',
    expression: 'B',
    conditions: [{ evaluator: { type: alert.is === '>' ? 'gt' : 'lt', params: [alert.limit] } }],
  }),
]

const question = (refId: string, expr: string): object => ({
  refId,
  relativeTimeRange: { from: 600, to: 0 },
  datasourceUid: UID.prometheus,
  model: { refId, expr, instant: true, range: false, editorMode: 'code' },
})

const expression = (refId: string, model: object): object => ({
  refId,
  relativeTimeRange: { from: 600, to: 0 },
  datasourceUid: '__expr__',
  model: { refId, datasource: { type: '__expr__', uid: '__expr__' }, ...model },
})

/** When the run began, for links: it is no part of the condition. */
const BEGAN: readonly object[] = [
  question('D', BEGAN_MS),
  expression('E', { type: 'reduce', expression: 'D', reducer: 'last' }),
]

const DASHBOARDS = { run: runDashboard, continuous: continuousDashboard }

/** The panel that shows an alert's value, as annotations say it: what Grafana's pages link to. */
function panelOf(about: About, { dashboard, naming, words }: RulePanel): Record<string, string> {
  const dialect = { native, classic }[naming](about.metrics)
  const panel = panelsOf(DASHBOARDS[dashboard]({ ...about, dialect })).find(({ targets = [] }) =>
    (targets as PanelTarget[]).some(
      ({ expr }) => typeof expr === 'string' && words.every((word) => expr.includes(word)),
    ),
  )
  return panel ? { __dashboardUid__: uidOf(dashboard, dialect), __panelId__: String(panel.id) } : {}
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** Grafana fills variables of its environment into titles and labels, though not into queries and annotations. */
const escaped = (text: string): string => text.replaceAll('$', '$$$$')

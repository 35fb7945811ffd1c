import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { continuousDashboard } from '../dashboards/continuous.ts'
import { runDashboard } from '../dashboards/run.ts'
import { classic } from '../dialects/classic.ts'
import { native } from '../dialects/native.ts'
import { panelsOf } from '../panelsOf.ts'
import { ABOUT } from '../../../test/doubles/about.ts'
import { isAlert } from '../rules/model.ts'
import { rulesOf } from '../rules/rulesOf.ts'
import { prometheusConfig } from '../stack/prometheus.ts'
import { provisioningFiles, UID } from './index.ts'

interface Rule {
  uid: string
  title: string
  data: { refId: string; datasourceUid: string; model: { expr?: string; expression?: string } }[]
  noDataState: string
  for?: string
  labels: Record<string, string>
  annotations: Record<string, string>
}
const files = provisioningFiles(ABOUT)
const parsed = (path: string): unknown => parse(files.find((file) => file.path === path)?.text ?? '')
const rules = files
  .filter(({ path }) => /alerting\/(.*\.yaml|watchdog\.yaml\.example)$/.test(path))
  .flatMap(({ text }) => (parse(text) as { groups: { rules: Rule[] }[] }).groups)
  .flatMap(({ rules }) => rules)

test('every alert of the rule files is a rule of Grafana’s, by a uid and a title of its own', () => {
  const alerts = rulesOf(ABOUT).flatMap(({ groups }) => groups.flatMap(({ rules }) => rules.filter(isAlert)))
  expect(rules).toHaveLength(alerts.length)
  expect(new Set(rules.map(({ uid }) => uid)).size).toBe(rules.length)
  for (const { uid } of rules) expect(uid).toMatch(/^[\w-]{1,40}$/)
  expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length)
})

test('a uid stays when a limit changes', () => {
  const [first, ...more] = ABOUT.slos
  if (!first) throw new Error('the fixture has no thresholds')
  const other = { ...ABOUT, slos: [{ ...first, limit: 0.5, threshold: 'rate<0.5' }, ...more] }
  const uids = (all: typeof files): string[] =>
    all.flatMap(({ text }) => text.match(/uid: loadwright-[0-9a-f]{16}/g) ?? [])
  expect(uids(provisioningFiles(other))).toEqual(uids(files))
})

test('Grafana’s rules ask for nothing that only a rule file records', () => {
  for (const { data } of rules) {
    const [{ model, datasourceUid } = { model: {}, datasourceUid: '' }] = data
    expect(datasourceUid).toBe(UID.prometheus)
    expect(model.expr).not.toMatch(/\bk6:|loadwright:/)
    // When the run began, for links: no part of the condition.
    expect(data.map(({ refId }) => refId).join('')).toMatch(/^ABC(DE)?$/)
  }
})

test('every alert but the heartbeat says which panel shows it', () => {
  const ids = Object.fromEntries(
    [native, classic].flatMap((make) =>
      [runDashboard, continuousDashboard].map((dashboard) => {
        const made = dashboard({ ...ABOUT, dialect: make(ABOUT.metrics) })
        return [made.uid ?? '', panelsOf(made).map(({ id }) => String(id))]
      }),
    ),
  )
  for (const { title, annotations } of rules)
    if (title !== 'Watchdog')
      expect(ids[annotations.__dashboardUid__ ?? ''], title).toContain(annotations.__panelId__)
})

test('what is always firing goes to a receiver of its own, and Grafana does not read it unasked', () => {
  const loaded = files.filter(({ path }) => /alerting\/.*\.yaml$/.test(path))
  expect(loaded.filter(({ text }) => text.includes('Watchdog'))).toEqual([])
  const example = parsed('provisioning/alerting/watchdog.yaml.example') as {
    contactPoints: { name: string }[]
    groups: { rules: { title: string; notification_settings: { receiver: string } }[] }[]
  }
  const [rule] = example.groups.flatMap(({ rules }) => rules)
  expect(rule?.title).toBe('Watchdog')
  expect(rule?.notification_settings.receiver).toBe(example.contactPoints[0]?.name)
})

test('no data: no run is nothing wrong, no Prometheus is', () => {
  for (const { title, noDataState } of rules)
    expect(noDataState).toBe(title === 'Watchdog' ? 'Alerting' : 'OK')
})

test('words are those of Grafana’s templates, and its environment takes nothing out of titles and labels', () => {
  const rule = rules.find(({ title }) => title.includes('shop_accepted'))
  expect(rule?.annotations.description).toBe(
    'It is {{ with $values.B }}{{ .Value | humanizePercentage }}{{ else }}an unknown value{{ end }} over the last minute; the threshold of shop is shop_accepted{phase:steady} rate>0.95.',
  )
  expect(rule?.annotations.dashboard).toBe(
    '{{ externalURL }}d/loadwright-run-native{{ with $labels.testid }}{{ printf "?var-testid=%s" . }}{{ else }}{{ end }}' +
      '{{ with $values.E }}{{ if gt .Value 0.0 }}&from={{ printf "%.0f" .Value }}&to=now{{ end }}{{ end }}',
  )
  for (const { title, labels } of rules)
    expect([title, ...Object.values(labels)].join(' ')).not.toMatch(/(?<!\$)\$(?!\$)/)
})

test('the system under test has a data source whose interval is that of its scrapes', () => {
  const [source] = (
    parsed('provisioning/datasources/scraped.yaml') as {
      datasources: { jsonData: { timeInterval: string } }[]
    }
  ).datasources
  const config = prometheusConfig({ rules: [], self: 'localhost:9090', grafana: '' })
  expect(config).toMatchObject({ global: { scrape_interval: source?.jsonData.timeInterval } })
})

test('data sources of metrics say how often samples come, from which Grafana makes $__rate_interval', () => {
  for (const name of ['prometheus.yaml', 'scraped.yaml', 'influxdb.yaml.example']) {
    const { datasources } = parsed(`provisioning/datasources/${name}`) as {
      datasources: { jsonData: { timeInterval?: string } }[]
    }
    for (const { jsonData } of datasources) expect(jsonData.timeInterval, name).toMatch(/^\d+s$/)
  }
})

test('data sources have fixed uids; what replaces what people have is an example', () => {
  const sources = ['prometheus', 'scraped', 'tempo', 'alertmanager'].map(
    (name) =>
      (parsed(`provisioning/datasources/${name}.yaml`) as { datasources: { uid: string; url: string }[] })
        .datasources[0],
  )
  expect(sources.map((one) => [one?.uid, one?.url])).toEqual([
    ['loadwright-prometheus', '$LOADWRIGHT_PROMETHEUS_URL'],
    ['loadwright-scraped', '$LOADWRIGHT_PROMETHEUS_URL'],
    ['loadwright-tempo', '$LOADWRIGHT_TEMPO_URL'],
    ['loadwright-alertmanager', '$LOADWRIGHT_ALERTMANAGER_URL'],
  ])
  const contact = files.find(({ path }) => path.includes('contact-points'))
  expect(contact?.path).toMatch(/\.example$/)
  expect(contact?.text).toContain('url: $SLACK_WEBHOOK_URL')
  expect(files.filter(({ path, text }) => path.endsWith('.yaml') && /^policies:/m.test(text))).toEqual([])
})

import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { lint } from './index.ts'
import { about, good } from './testkit.ts'

const alerts = '# Alerts\n\n## `K6Slow`: too slow, for long\n'
const annotations = {
  summary: 'slow',
  description: 'p95 of {{ with $labels.journey }}{{ . }}{{ end }}',
  runbook_url: 'https://example.com/docs/alerts.md#k6slow-too-slow-for-long',
}
const record = {
  record: 'k6:http_req_duration:p95',
  expr: 'histogram_quantile(0.95, sum by (testid, journey) (rate(k6_http_req_duration_seconds[1m])))',
}
const alert = {
  alert: 'K6Slow',
  expr: 'k6:http_req_duration:p95 > 0.5',
  labels: { severity: 'warning' },
  annotations,
}

const found = (...rules: object[]) =>
  lint([{ path: 'rules/native.yaml', text: stringify({ groups: [{ name: 'k6', rules }] }) }], about, {
    alerts,
  }).map(({ where, problem }) => `${where}: ${problem}`)

test('good rules have no mistakes; recordings are series, histograms too', () => {
  const histogram = {
    record: 'k6:http_req_duration:histogram',
    expr: 'sum by (testid) (rate(k6_http_req_duration_seconds[1m]))',
  }
  const read = { record: 'k6:http_req_duration:p99', expr: `histogram_quantile(0.99, ${histogram.record})` }
  expect(found(record, alert, histogram, read)).toEqual([])
})

test.each([
  [{ ...record, record: 'k6:http_req_duration:histogram' }, 'is called a histogram, and is none'],
  [{ ...record, record: 'p95' }, 'p95: a recording is called level:metric:operation'],
  [{ ...record, expr: 'sum(k6_http_reqs_total)' }, 'k6:http_req_duration:p95: sum takes a bare counter'],
  [{ ...alert, expr: 'k6:nothing:p95 > 1' }, 'K6Slow: k6:nothing:p95 is no series'],
  [
    { ...alert, expr: 'k6:http_req_duration:p95{step="x"} > 1' },
    'K6Slow: k6:http_req_duration:p95 has no label step',
  ],
  [{ ...alert, labels: {} }, 'K6Slow: has no label severity'],
  [{ ...alert, labels: { severity: 'bad' } }, 'K6Slow: has no label severity'],
  [{ ...alert, annotations: { ...annotations, summary: '' } }, 'K6Slow: has no summary'],
  [{ ...alert, annotations: { ...annotations, description: undefined } }, 'K6Slow: has no description'],
  [
    { ...alert, annotations: { ...annotations, runbook_url: 'docs' } },
    'K6Slow: its runbook is no anchor of docs/alerts.md',
  ],
  [
    { ...alert, annotations: { ...annotations, runbook_url: 'https://example.com/docs/alerts.md#k6fast' } },
    'K6Slow: docs/alerts.md has no anchor k6fast',
  ],
  [
    { ...alert, annotations: { ...annotations, summary: '{{ with $labels.step }}{{ . }}{{ end }}' } },
    'K6Slow: names the label step',
  ],
  [
    { ...alert, annotations: { ...annotations, dashboard: '/d/gone' } },
    'K6Slow: leads to the dashboard gone',
  ],
])('%j is found', (rule, said) => {
  expect(found(record, rule)).toContainEqual(expect.stringContaining(said))
})

const provisioned = {
  uid: 'k6-slow',
  title: 'K6Slow',
  condition: 'C',
  noDataState: 'OK',
  execErrState: 'Error',
  data: [
    { refId: 'A', datasourceUid: 'prometheus', model: { expr: 'sum(k6_vus)' } },
    { refId: 'C', datasourceUid: '__expr__', model: { expression: 'A', type: 'threshold' } },
  ],
  labels: { severity: 'warning' },
  annotations: {
    ...annotations,
    description: 'slow',
    __dashboardUid__: 'loadwright-run-native',
    __panelId__: '11',
  },
}
const foundIn = (...rules: object[]) =>
  lint(
    [
      {
        path: 'provisioning/alerting/native.yaml',
        text: stringify({ apiVersion: 1, groups: [{ name: 'k6', rules }] }),
      },
      { path: 'dashboards/native/some.json', text: JSON.stringify(good()) },
    ],
    about,
    { alerts },
  ).map(({ where, problem }) => `${where}: ${problem}`)

test('a good provisioned rule has no mistakes', () => {
  expect(foundIn(provisioned)).toEqual([])
})

test.each([
  [{ ...provisioned, uid: 'a b' }, 'has no uid'],
  [{ ...provisioned, condition: 'D' }, 'its condition D is no query of it'],
  [{ ...provisioned, noDataState: undefined }, 'does not say what no data'],
  [
    { ...provisioned, annotations: { ...annotations, __dashboardUid__: 'gone', __panelId__: '1' } },
    'leads to the panel 1 of gone',
  ],
  [{ ...provisioned, labels: {} }, 'has no label severity'],
  [
    { ...provisioned, data: [{ refId: 'C', datasourceUid: 'p', model: { expr: 'rate(k6_vus[1m])' } }] },
    'C: rate() of a gauge',
  ],
])('a provisioned rule: %j is found', (rule, said) => {
  expect(foundIn(rule)).toContainEqual(expect.stringContaining(said))
})

test('two provisioned rules of one uid are found', () => {
  expect(foundIn(provisioned, { ...provisioned, title: 'Other' })).toEqual([
    "Other: its uid k6-slow is K6Slow's too",
  ])
})

test('a file that is no YAML is found', () => {
  const [first] = lint([{ path: 'provisioning/datasources/x.yaml', text: 'a: [1\nb: }' }], about)
  expect(first).toMatchObject({ file: 'provisioning/datasources/x.yaml', where: 'YAML' })
})

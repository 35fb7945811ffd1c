import { expect, test } from 'vitest'
import { alertingProblems, type Said } from './alerting.ts'

const good: Said = {
  for: '10s',
  labels: { severity: 'warning' },
  annotations: {
    summary: '{{ with $labels.testid }}{{ . }}{{ else }}a run{{ end }} is slow',
    description: '{{ with $values.B }}{{ .Value | humanize }}{{ else }}?{{ end }}',
    runbook_url: 'https://example.com/docs/alerts.md#k6slow',
    dashboard: '/d/loadwright-run-native?var-testid=x{{ with $values.E }}&from={{ .Value }}&to=now{{ end }}',
    __dashboardUid__: 'loadwright-run-native',
    __panelId__: '104',
  },
}
const grafana = { interval: '10s', isGrafana: true }
const saying = (annotations: Record<string, string>): Said => ({
  ...good,
  annotations: { ...good.annotations, ...annotations },
})

test('a good alert has no mistakes', () => {
  expect(alertingProblems(good, grafana)).toEqual([])
  expect(alertingProblems(good, { interval: '5s', isGrafana: false })).toEqual([])
})

test.each([
  [saying({ runbook_url: 'docs/alerts.md#k6slow' }), 'its runbook_url is no address of a page'],
  [saying({ __panelId__: '' }), 'names no panel: __dashboardUid__ and __panelId__ are missing'],
  [saying({ dashboard: '/d/loadwright-run-native?var-testid=x' }), 'leads to a run without its time'],
  [saying({ summary: '{{ $labels.testid }}' }), 'summary says $labels.testid where there may be none'],
  [
    saying({ description: '{{ $values.B.Value | humanize }}' }),
    'description says $values.B where there may be none',
  ],
  [{ ...good, for: '5m' }, 'waits longer than 60 s'],
  [{ ...good, labels: { severity: 'none' } }, 'is always firing, and has no receiver of its own'],
])('%j is found', (rule, said) => {
  expect(alertingProblems(rule, grafana)).toEqual([said])
})

test('an alert on a run that is seldom evaluated is found', () => {
  for (const interval of ['1m', '15s', undefined])
    expect(alertingProblems(good, { ...(interval && { interval }), isGrafana: true })).toEqual([
      'is evaluated less often than every 10 s',
    ])
})

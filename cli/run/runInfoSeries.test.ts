import { expect, test } from 'vitest'
import { decodeWrite, encodeWrite, type Pushed } from '../prometheus/index.ts'
import { createStore, RUN_SERIES, type RunRecord } from '../record/index.ts'
import { counter, trend } from '../../test/doubles/pushesOfK6.ts'
import { duringRun, endOfRun } from './runInfoSeries.ts'

const record = {
  id: 'shop-1',
  suite: 'shop',
  profile: 'load',
  environment: 'staging',
  verdict: 'fail',
  startedAt: '2026-11-21T20:00:00.500Z',
  endedAt: '2026-11-21T20:01:00.000Z',
  judgedPhases: ['steady'],
  reasons: [
    { code: 'threshold-crossed', text: `p95 was too high ${'and so on '.repeat(60)}`, data: {} },
    { code: 'other', text: 'password=hunter2hunter2', data: {} },
  ],
  thresholds: [
    { metric: 'checks', threshold: 'rate>0.9', result: 'pass', value: 0.95 },
    { metric: 'data_sent', threshold: 'count<2048', result: 'no samples' },
    { metric: 'http_req_duration{journey:browse}', threshold: 'p(95)<800', result: 'fail', value: 4040 },
  ],
  checks: [
    { name: 'is fine', group: '::home', passes: 9, fails: 0 },
    { name: 'has a price', group: '::home', passes: 9, fails: 2 },
  ],
  phases: [
    {
      scenario: 's',
      phase: 'ramp-up',
      judged: false,
      from: '2026-11-21T20:00:01.000Z',
      to: '2026-11-21T20:00:11.000Z',
    },
    {
      scenario: 's',
      phase: 'steady',
      judged: true,
      from: '2026-11-21T20:00:11.000Z',
      to: '2026-11-21T20:01:00.000Z',
    },
  ],
  totals: { iterations: 30, dropped: 2, requests: 70, checks: 0, failedChecks: 0 },
  journeys: [{ name: 'browse' }, { name: 'idle' }],
  metadata: {
    host: 'h',
    loadwright: '1',
    commit: '0123456789abcdef0123',
    branch: 'main',
    region: 'eu-1',
    version: 'v'.repeat(200),
  },
} as unknown as RunRecord
const END = Date.parse('2026-11-21T20:01:00.000Z')

const store = createStore()
const browse = { journey: 'browse', phase: 'steady' }
store.add([
  counter('k6_http_reqs_total', 36, 1, { ...browse, expected_response: 'true' }),
  counter('k6_http_reqs_total', 4, 1, { ...browse, expected_response: 'false' }),
  counter('k6_http_reqs_total', 60, 1, { journey: 'browse', phase: 'ramp-up', expected_response: 'false' }),
  trend('k6_http_req_duration_seconds', [0.1, 0.1, 0.1, 4], 1, browse),
  trend('k6_http_req_duration_seconds', [99], 1, { journey: 'browse', phase: 'ramp-up' }),
  counter('k6_journeys_completed_total', 9, 1, browse),
  counter('k6_journeys_failed_total', 3, 1, browse),
  counter('k6_checks_succeeded_total', 19, 1, browse),
  counter('k6_checks_failed_total', 1, 1, browse),
])
const value = (pushed: readonly Pushed[], name: string, labels: object = {}): number | undefined =>
  pushed.find((one) => one.name === name && sameLabels(one, labels))?.samples[0]?.value
const sameLabels = (one: Pushed, labels: object): boolean =>
  JSON.stringify(Object.entries(one.labels).sort()) ===
  JSON.stringify(Object.entries({ testid: 'shop-1', ...labels }).sort())

test('while it lasts: what is run, by bounded labels, and since when', () => {
  expect(duringRun(record)(7)).toEqual([
    {
      name: 'loadwright_run_info',
      labels: {
        testid: 'shop-1',
        test_name: 'shop-load',
        suite: 'shop',
        profile: 'load',
        date: '2026-11-21',
        environment: 'staging',
        region: 'eu-1',
        version: 'v'.repeat(128),
        git_commit: '0123456789ab',
        git_branch: 'main',
      },
      samples: [{ at: 7, value: 1 }],
      histograms: [],
    },
    {
      name: 'loadwright_run_start_time_seconds',
      labels: { testid: 'shop-1' },
      histograms: [],
      samples: [{ at: 7, value: Date.parse(record.startedAt) / 1000 }],
    },
  ])
})

test('at its end: figures of the judged phases, of all journeys and of each, all at one time', () => {
  const end = endOfRun(record, store)
  expect(new Set(end.flatMap(({ samples }) => samples.map(({ at }) => at)))).toEqual(new Set([END]))
  expect(value(end, 'loadwright_run_verdict', { verdict: 'fail' })).toBe(1)
  expect(value(end, 'loadwright_run_end_time_seconds')).toBe(END / 1000)
  for (const labels of [{}, { journey: 'browse' }]) {
    expect(value(end, 'loadwright_run_http_req_failed_ratio', labels)).toBe(0.1)
    expect(value(end, 'loadwright_run_journey_failed_ratio', labels)).toBe(0.25)
    const p50 = value(end, 'loadwright_run_http_req_duration_seconds', { ...labels, quantile: '0.5' })
    expect(p50).toBeGreaterThan(0.09)
    expect(p50).toBeLessThan(0.11)
    const p99 = value(end, 'loadwright_run_http_req_duration_seconds', { ...labels, quantile: '0.99' })
    expect(p99).toBeLessThan(5)
  }
  expect(value(end, 'loadwright_run_checks_failed_ratio')).toBe(0.05)
  expect(value(end, 'loadwright_run_requests')).toBe(70)
  expect(value(end, 'loadwright_run_iterations')).toBe(30)
  expect(value(end, 'loadwright_run_dropped_iterations')).toBe(2)
  expect(end.filter(({ labels }) => labels.journey === 'idle')).toEqual([])
})

test('at its end: why, by what and whom, with the worst first and nothing said of what was not measured', () => {
  const end = endOfRun(record, store)
  const of = (name: string) => end.filter((one) => one.name === `loadwright_run_${name}`)
  const labels = { metric: 'http_req_duration', tags: 'journey: browse', threshold: 'p(95)<800' }
  expect(of('threshold_info').map((one) => one.labels)).toEqual([
    {
      ...labels,
      testid: 'shop-1',
      limit: 'p(95) < 800 ms',
      value: '4.04 s',
      margin: '3.24 s over (405 %)',
      result: 'fail',
    },
    {
      testid: 'shop-1',
      metric: 'data_sent',
      threshold: 'count<2048',
      limit: 'count < 2 KiB',
      result: 'no samples',
    },
    expect.objectContaining({ metric: 'checks', value: '95 %', result: 'pass' }),
  ])
  expect(value(end, 'loadwright_run_threshold_held', labels)).toBe(0)
  expect(value(end, 'loadwright_run_threshold_value', { ...labels, unit: 'seconds' })).toBe(4.04)
  expect(value(end, 'loadwright_run_threshold_limit', { ...labels, unit: 'seconds' })).toBe(0.8)
  expect(value(end, 'loadwright_run_threshold_used_ratio', labels)).toBe(5.05)
  const unmeasured = end.filter((one) => one.labels.metric === 'data_sent').map(({ name }) => name)
  expect(unmeasured).toEqual(['loadwright_run_threshold_info', 'loadwright_run_threshold_limit'])
  const reasons = of('reason').map((one) => one.labels)
  expect(reasons.map(({ index }) => index)).toEqual(['01', '02'])
  expect(reasons[0]?.text).toHaveLength(400)
  expect(reasons[1]?.text).toBe('password=***')
  expect(of('check_failures')).toEqual([
    expect.objectContaining({
      labels: { testid: 'shop-1', check: 'has a price', group: '::home' },
      samples: [{ at: END, value: 2 }],
    }),
  ])
})

test('a server gets each series once, and a bounded number of them', () => {
  const many = <One>(one: (at: number) => One): One[] => Array.from({ length: 500 }, (_, at) => one(at))
  const end = endOfRun({
    ...record,
    reasons: many((at) => ({ code: `c${at}`, text: 'x', data: {} })),
    checks: many((at) => ({ name: `${'n'.repeat(200)}${at}`, group: '', passes: 0, fails: 1 })),
    thresholds: many((at) => ({ metric: `m${at}`, threshold: 'value<1', result: 'fail' as const, value: 2 })),
    phases: many((at) => ({
      scenario: `s${at}`,
      phase: 'steady',
      judged: true,
      from: record.startedAt,
      to: record.endedAt ?? '',
    })),
  })
  const keys = end.map(({ name, labels }) => JSON.stringify([name, labels]))
  expect(new Set(keys).size).toBe(keys.length)
  expect(end.length).toBeLessThan(500)
})

test('phases have their times, of those that have begun alone', () => {
  const at = Date.parse('2026-11-21T20:00:05.000Z')
  const begun = duringRun(record, () => record.phases ?? [])(at)
  expect(begun.filter(({ labels }) => labels.phase !== undefined).map(({ labels }) => labels.phase)).toEqual([
    'ramp-up',
    'ramp-up',
  ])
  const steady = { scenario: 's', phase: 'steady', judged: 'true' }
  const end = endOfRun(record, store)
  expect(value(end, 'loadwright_run_phase_start_time_seconds', steady)).toBe(END / 1000 - 49)
  expect(value(end, 'loadwright_run_phase_end_time_seconds', steady)).toBe(END / 1000)
})

test('every series is of the table, with no label that is not in it, and every one of the table is written', () => {
  const end = endOfRun(record, store)
  for (const { name, labels } of end) {
    const { testid, ...own } = labels
    expect(testid).toBe('shop-1')
    const allowed: readonly string[] = RUN_SERIES[name as keyof typeof RUN_SERIES].labels
    expect(allowed).toEqual(expect.arrayContaining(Object.keys(own)))
  }
  expect(new Set(end.map(({ name }) => name))).toEqual(new Set(Object.keys(RUN_SERIES)))
  expect(decodeWrite(encodeWrite(end))).toHaveLength(end.length)
})

test('without a record of series there are its verdict and its totals; nothing is shown that may be a secret', () => {
  const { metadata } = record
  const bare = { thresholds: [], checks: [], reasons: [], phases: [] }
  const named = {
    ...record,
    ...bare,
    metadata: { ...metadata, version: 'token=abcdef', branch: '' },
  } as unknown as RunRecord
  const end = endOfRun(named)
  expect(end.map(({ name }) => name)).toEqual([
    ...['loadwright_run_info', 'loadwright_run_start_time_seconds', 'loadwright_run_end_time_seconds'],
    ...['loadwright_run_verdict', 'loadwright_run_requests', 'loadwright_run_iterations'],
    'loadwright_run_dropped_iterations',
  ])
  expect(end[0]?.labels).toMatchObject({ version: 'token=***' })
  expect(end[0]?.labels).not.toHaveProperty('git_branch')
})

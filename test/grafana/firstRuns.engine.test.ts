import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { compareDashboard } from '../../cli/grafana/dashboards/compare.ts'
import { historyDashboard } from '../../cli/grafana/dashboards/history.ts'
import { runDashboard } from '../../cli/grafana/dashboards/run.ts'
import { native } from '../../cli/grafana/dialects/native.ts'
import { otel } from '../../cli/grafana/dialects/otel.ts'
import type { Dashboard, DashboardVariable } from '../../cli/grafana/schema.ts'
import { ABOUT } from '../doubles/about.ts'
import { debianProgram } from '../engine/debian.ts'
import { folder } from '../engine/harness.ts'
import { fill, variablesOf } from './queries.ts'

const MINUTE = 60

/** Runs of five minutes each: minutes at which they begin, and what they are of. */
const RUNS = {
  'shop-1': { from: 5, suite: 'shop', profile: 'load' },
  'shop-2': { from: 20, suite: 'shop', profile: 'load' },
  // Later by its time, and earlier by its name.
  'bank-1': { from: 30, suite: 'bank', profile: 'load' },
  'shop-3': { from: 40, suite: 'shop', profile: 'smoke' },
  'shop-4': { from: 50, suite: 'shop', profile: 'load' },
} as const

/** A sample every 15 s, as promtool has them: of five minutes from a minute on, or one after five. */
const during = (from: number, value: number): string => `_x${from * 4} ${value}x20 stale`
const after = (from: number, value: number): string => `_x${(from + 5) * 4} ${value} stale`

const SERIES = [
  ...Object.entries(RUNS).flatMap(([testid, { from, suite, profile }]) => [
    {
      series: `loadwright_run_info{testid="${testid}",suite="${suite}",profile="${profile}",environment="dev"}`,
      values: during(from, 1),
    },
    {
      series: `loadwright_run_start_time_seconds{testid="${testid}"}`,
      values: during(from, from * MINUTE),
    },
    {
      series: `loadwright_run_end_time_seconds{testid="${testid}"}`,
      values: after(from, (from + 5) * MINUTE),
    },
    { series: `k6_vus{testid="${testid}"}`, values: during(from, 5) },
  ]),
  { series: 'k6_vus{testid="plain"}', values: during(12, 5) },
]

/** The queries of variables, and which series each answers first at a time (minutes): its labels and its value. */
function holds(first: readonly [query: string, labels: string, value: number][], minute = 90): void {
  const file = join(folder(), 'test.yaml')
  const tests = first.map(([expr, labels, value]) => ({
    expr: `topk(1, ${expr})`,
    eval_time: `${minute}m`,
    exp_samples: [{ labels, value }],
  }))
  // Samples are there up to the last time at which something is asked.
  tests.push({ expr: 'vector(1)', eval_time: '90m', exp_samples: [{ labels: '{}', value: 1 }] })
  writeFileSync(
    file,
    stringify({ tests: [{ interval: '15s', input_series: SERIES, promql_expr_test: tests }] }),
  )
  const { status, stdout, stderr } = spawnSync(
    debianProgram('promtool', 'prometheus'),
    ['test', 'rules', file],
    { encoding: 'utf8' },
  )
  expect(status, stdout + stderr).toBe(0)
}

/** What a variable of a dashboard asks, without the order in which it wants the answers. */
function asked(dashboard: Dashboard, name: string, given: Readonly<Record<string, string>> = {}): string {
  const list: readonly DashboardVariable[] = dashboard.templating?.list ?? []
  const { definition = '' } = list.find((one) => one.name === name) ?? { definition: '' }
  const inner = /^query_result\((?:sort_desc)?(.*)\)$/s.exec(definition)?.[1] ?? ''
  const variables = variablesOf(dashboard, given)
  return fill(inner, { variables, range: 5400, interval: 15 })
}

const about = { ...ABOUT, dialect: native(ABOUT.metrics) }

test('Run opens on the newest run, with its time', () => {
  const run = runDashboard(about)
  holds([
    [asked(run, 'testid'), '{testid="shop-4"}', 50 * MINUTE],
    [asked(run, 'run_from', { testid: 'shop-2' }), '{}', (20 * MINUTE - 2) * 1000],
    [asked(run, 'run_to', { testid: 'shop-2' }), '{}', (25 * MINUTE + 5) * 1000],
  ])
  // Of plain k6: as long as its VUs were there.
  holds([
    [asked(run, 'run_from', { testid: 'plain' }), '{}', (12 * MINUTE - 2) * 1000],
    [asked(run, 'run_to', { testid: 'plain' }), '{}', (17 * MINUTE + 5) * 1000],
  ])
})

test('a shown time in the midst of a run still knows its end', () => {
  holds([[asked(runDashboard(about), 'run_to', { testid: 'shop-2' }), '{}', (25 * MINUTE + 5) * 1000]], 22)
})

test('Compare opens on the newest run, and on the last one before it that is alike', () => {
  const compare = compareDashboard(about)
  const base = (candidate: string): string => asked(compare, 'base', { candidate })
  holds([
    [asked(compare, 'candidate'), '{testid="shop-4"}', 50 * MINUTE],
    [base('shop-4'), '{testid="shop-2"}', 1e10 + 20 * MINUTE],
    [base('shop-2'), '{testid="shop-1"}', 1e10 + 5 * MINUTE],
    // None is alike: the newest other one.
    [base('bank-1'), '{testid="shop-4"}', 50 * MINUTE],
    [base('plain'), '{testid="shop-4"}', 50 * MINUTE],
  ])
})

test('History compares with the run before the newest', () => {
  holds([[asked(historyDashboard(about), 'base'), '{testid="shop-3"}', 45 * MINUTE]])
})

test('where loadwright writes nothing of its own, VUs say which run is the newest', () => {
  const dialect = otel(ABOUT.metrics)
  const compare = compareDashboard({ ...ABOUT, dialect })
  holds([
    [asked(runDashboard({ ...ABOUT, dialect }), 'testid'), '{testid="shop-4"}', 50 * MINUTE],
    [asked(compare, 'base', { candidate: 'shop-4' }), '{testid="shop-3"}', 40 * MINUTE],
  ])
})

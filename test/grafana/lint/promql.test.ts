import { expect, test } from 'vitest'
import type { Dialect } from '../../../cli/grafana/question.ts'
import { catalogue } from './catalogue.ts'
import { lintPromql, lintVariable, type Use } from './promql.ts'
import { about } from './testkit.ts'

const problems = (query: string, naming: Dialect['name'] = 'native', use: Use = {}) =>
  lintPromql(query, catalogue(naming, about), use).problems
const T = 'testid=~"$testid"'
const RATED = `rate(k6_http_req_duration_seconds{${T}}[$__rate_interval])`

test.each([
  [`sum by (journey) (rate(k6_http_reqs_total{${T},journey=~"$journey"}[$__rate_interval]))`, 'native'],
  [`histogram_quantile($quantile, sum by (journey, step) (${RATED}))`, 'native'],
  [`histogram_quantile(0.95, sum by (journey) (k6_http_req_duration_seconds{${T}} @ \${end}))`, 'native'],
  [`histogram_sum(sum(${RATED})) / histogram_count(sum(${RATED}))`, 'native'],
  [`histogram_fraction(0, 0.5, sum(${RATED}))`, 'native'],
  [
    `sum(rate(k6_http_reqs_total{${T}}[$__rate_interval] offset \${shift}s)) or 0 * sum(rate(k6_iterations_total[1m]))`,
    'native',
  ],
  [`sum(last_over_time(k6_http_reqs_total{${T},expected_response="false"}[$__range]))`, 'native'],
  [`sum by (status) (increase(k6_http_reqs_total{name=~"a\\\\.b"}[5m]))`, 'native'],
  ['sum by (testid) (k6_vus) and on (testid) loadwright_run_info{suite="boutique"} or vector(0)', 'native'],
  ['sum by (testid) (k6_vus) * on (testid) group_left (version) loadwright_run_info', 'native'],
  [
    'max by (testid, journey) (last_over_time(loadwright_run_http_req_duration_seconds{quantile="0.95"}[1d]))',
    'native',
  ],
  ['count by (testid) (k6_http_reqs_total) unless on (testid) k6_iterations_total', 'native'],
  ['max_over_time(sum(rate(k6_http_reqs_total[1m]))[1h:1m])', 'native'],
  ['sum by (x) (label_replace(k6_vus, "x", "$1", "testid", "(.*)"))', 'native'],
  [
    'histogram_quantile(0.95, sum by (le, journey) (rate(k6_http_req_duration_seconds_bucket[1m])))',
    'classic',
  ],
  ['max by (journey) (k6_http_req_duration_p95) or max(k6_http_req_duration_p95)', 'classic'],
  ['sum(rate(k6_iteration_duration_sum[1m]))', 'classic'],
  ['sum(rate(k6_checks_total{condition="nonzero"}[1m])) / sum(rate(k6_checks_total[1m]))', 'otel'],
  [
    'histogram_quantile(0.5, sum by (le) (rate(k6_http_req_duration_milliseconds_bucket[1m]))) / 1000',
    'otel',
  ],
  ['sum(rate(k6_data_sent_bytes_total[1m]))', 'otel'],
  ['1 - avg(avg_over_time(probe_success{job=~"$job"}[$__range]))', 'native'],
  ['sum by (namespace, pod) (rate(container_cpu_usage_seconds_total[5m]))', 'influxdb'],
])('%s is right (%s)', (query, naming) => {
  expect(problems(query, naming as Dialect['name'])).toEqual([])
})

test.each<[query: string, problem: RegExp, naming?: Dialect['name']]>([
  // What cannot be read.
  ['sum(rate(k6_http_reqs_total[1m])', /^\( is not closed$/],
  ['sum(k6_vus)) + 1', /^\) closes nothing$/],
  ['sum(k6_vus{testid="$testid})', /^" is not closed$/],
  ['sum(k6_vus) by', /^cannot be parsed at/],
  ['sum(k6_vus) k6_vus', /^cannot be parsed at/],
  ['sum(k6_vus) by (testid) garbage', /^cannot be parsed at/],
  ['', /^there is no query|^cannot be parsed/],
  ['k6_vus{testid=~"("}', /is no regular expression/],
  // What is not there.
  ['sum(rate(http_reqs_total[1m]))', /^http_reqs_total is no series/],
  [
    'sum(k6_http_req_duration_p95)',
    /is no series of this naming; did you mean k6_http_req_duration_seconds\?/,
  ],
  ['sum(rate(k6_http_req_duration_seconds_bucket[1m]))', /is no series/],
  ['sum(rate(k6_http_req_duration_seconds[1m]))', /is no series/, 'otel'],
  ['max(loadwright_run_verdict)', /is no series/, 'otel'],
  ['sum(rate(k6_boutique_cart_errors_total[1m]))', /is no series/],
  ['count({__name__=~"k6_.+_nothing"})', /matches no series/],
  ['count({__name__=~"k6_vus|k6_users"})', /^k6_users is no series/],
  ['count({testid="a"})', /names no series/],
  ['sum(k6_vus{journey="browse"})', /has no label journey/],
  ['sum by (journey) (k6_vus)', /^sum by journey: there is no such label$/],
  ['sum by (le) (rate(k6_http_reqs_total[1m]))', /^sum by le: there is no such label$/],
  [
    'sum by (testid) (k6_vus) * on (suite) group_left (version) loadwright_run_info',
    /on \(suite\): there is no such label on the left/,
  ],
  [
    'sum by (testid) (k6_vus) * on (testid) group_left (commit) loadwright_run_info',
    /group \(commit\): there is no such label/,
  ],
  ['sum by (journey) (sum(rate(k6_http_reqs_total[1m])))', /sum by journey/],
  // What says nothing.
  ['rate(k6_vus[1m])', /^rate\(\) of a gauge/],
  ['sum(increase(k6_http_req_duration_p95[1m]))', /^increase\(\) of a gauge/, 'classic'],
  ['sum(k6_http_reqs_total)', /^sum takes a bare counter/],
  ['k6_http_reqs_total', /^what is shown takes a bare counter/],
  ['max_over_time(k6_http_reqs_total[5m])', /max_over_time\(\) takes a bare counter/],
  ['sum(rate(k6_http_reqs_total[1m])) / k6_http_reqs_total', /^\/ takes a bare counter/],
  ['avg(k6_http_req_failed_rate)', /the gauge of a Rate, which cannot be added up/],
  ['max(k6_boutique_checkout_success_rate)', /the gauge of a Rate/, 'classic'],
  ['sum(rate(k6_http_req_duration_seconds[1m]))', /takes native histograms, which are no numbers/],
  ['avg(rate(k6_http_req_duration_seconds[1m]))', /^avg takes native histograms/],
  ['last_over_time(k6_http_req_duration_seconds[5m])', /gives 0 on Prometheus 2\.42/],
  ['avg_over_time(k6_http_req_duration_seconds[5m])', /avg_over_time\(\) takes native histograms/],
  [
    'histogram_quantile(0.9, sum by (le) (rate(k6_http_req_duration_seconds[1m])))',
    /le: there is no such label/,
  ],
  [
    'histogram_quantile(0.9, sum by (journey) (rate(k6_http_req_duration_seconds_bucket[1m])))',
    /keep le/,
    'classic',
  ],
  ['histogram_quantile(0.9, k6_http_req_duration_seconds_bucket)', /of buckets since the start/, 'classic'],
  ['histogram_quantile(0.9, sum(k6_vus))', /histogram_quantile\(\) takes histograms/],
  ['sum by (le) (rate(k6_http_req_duration_seconds_bucket[1m]))', /which hold one another/, 'classic'],
  [
    'histogram_count(sum(rate(k6_http_req_duration_seconds_count[1m])))',
    /takes native histograms/,
    'classic',
  ],
  // What older servers do not have.
  ['histogram_avg(sum(rate(k6_http_req_duration_seconds[1m])))', /2\.42 has no histogram_avg\(\)/],
  ['mad_over_time(k6_vus[5m])', /2\.42 has no mad_over_time\(\)/],
  ['limitk(2, k6_vus)', /2\.42 has no limitk/],
  ['rate(k6_http_reqs_total)', /^rate\(\) takes a range$/],
  ['sum(k6_vus[5m])', /^sum takes no range$/],
  ['abs(k6_vus[5m])', /^abs\(\) takes no range$/],
  ['sum(k6_vus) > 5m', /5m is a duration, and no number before Prometheus 3/],
])('%s is found', (query, problem, naming = 'native') => {
  expect(problems(query, naming)).toContainEqual(expect.stringMatching(problem))
})

test('histograms may be seen in a heatmap, and nothing else may', () => {
  expect(problems(`sum(${RATED})`, 'native', { histograms: true })).toEqual([])
  const buckets = 'sum by (le) (rate(k6_http_req_duration_seconds_bucket[1m]))'
  expect(problems(buckets, 'classic', { histograms: true })).toEqual([])
  expect(problems('sum(k6_vus)', 'native', { histograms: true })).toEqual(['a heatmap is made of histograms'])
})

test.each([
  ['label_values(k6_vus{testid=~"$testid"}, testid)', []],
  ['label_values({__name__=~"k6_http_reqs_total|k6_journeys_started_total"}, journey)', []],
  ['label_values(testid)', []],
  ['query_result(max(loadwright_run_start_time_seconds))', []],
  ['label_values(k6_vus, journey)', ['label_values: k6_vus has no label journey']],
  ['label_values(k6_users, testid)', [expect.stringMatching(/^k6_users is no series/)]],
  ['label_values(journey)', ['label_values(journey) asks all series there are']],
  ['query_result(k6_http_reqs_total)', [expect.stringMatching(/bare counter/)]],
  ['metrics(k6_)', ['metrics is no query of a variable']],
])('a variable: %s', (query, found) => {
  expect(lintVariable(query, catalogue('native', about))).toEqual(found)
})

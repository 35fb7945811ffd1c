import { expect, test } from 'vitest'
import { metricsOf } from '../metrics.ts'
import type { Dialect, Question } from '../question.ts'
import { classic, CLASSIC_STATS } from './classic.ts'
import { native } from './native.ts'
import { otel } from './otel.ts'

const metrics = metricsOf([
  { name: 'shop_paid', kind: 'rate', meaning: 'Paid' },
  { name: 'shop_basket', kind: 'trend', meaning: 'Value', unit: 'EUR' },
  { name: 'shop_orders', kind: 'counter', meaning: 'Orders', by: ['currency'] },
])
const all = [native, classic, otel].map((dialect) => dialect(metrics))
const asked = (question: Question): Record<Dialect['name'], string | undefined> =>
  Object.fromEntries(all.map((dialect) => [dialect.name, dialect.ask(question)])) as never

const TIME = { over: 'time', where: { journey: '$journey' } } as const

test('a quantile over time, by journey', () => {
  expect(asked({ ask: 'quantile', q: 0.95, metric: 'http_req_duration', by: ['journey'], ...TIME }))
    .toMatchInlineSnapshot(`
    {
      "classic": "histogram_quantile(0.95, sum by (le, journey) (rate(k6_http_req_duration_seconds_bucket{testid=~"$testid",journey=~"$journey"}[$__rate_interval]))) or max by (journey) (last_over_time(k6_http_req_duration_p95{testid=~"$testid",journey=~"$journey"}[$__rate_interval]))",
      "native": "histogram_quantile(0.95, sum by (journey) (rate(k6_http_req_duration_seconds{testid=~"$testid",journey=~"$journey"}[$__rate_interval])))",
      "otel": "histogram_quantile(0.95, sum by (le, journey) (rate(k6_http_req_duration_milliseconds_bucket{testid=~"$testid",journey=~"$journey"}[$__rate_interval]))) / 1000",
    }
  `)
})

test('a quantile of a whole run, and one that a variable names', () => {
  expect(asked({ ask: 'quantile', q: 0.99, metric: 'shop_basket', over: 'run' })).toMatchInlineSnapshot(`
    {
      "classic": "histogram_quantile(0.99, sum by (le) (last_over_time(k6_shop_basket_bucket{testid=~"$testid"}[$__range]))) or max (last_over_time(k6_shop_basket_p99{testid=~"$testid"}[$__range]))",
      "native": "histogram_quantile(0.99, sum (increase(k6_shop_basket{testid=~"$testid"}[$__range])))",
      "otel": "histogram_quantile(0.99, sum by (le) (last_over_time(k6_shop_basket_bucket{testid=~"$testid"}[$__range])))",
    }
  `)
  expect(asked({ ask: 'quantile', q: '$quantile', metric: 'journey_duration', over: 'time' }))
    .toMatchInlineSnapshot(`
    {
      "classic": "histogram_quantile($quantile, sum by (le) (rate(k6_journey_duration_seconds_bucket{testid=~"$testid"}[$__rate_interval]))) or (max (last_over_time(k6_journey_duration_p50{testid=~"$testid"}[$__rate_interval])) and on () vector($quantile) == 0.5) or (max (last_over_time(k6_journey_duration_p75{testid=~"$testid"}[$__rate_interval])) and on () vector($quantile) == 0.75) or (max (last_over_time(k6_journey_duration_p95{testid=~"$testid"}[$__rate_interval])) and on () vector($quantile) == 0.95) or (max (last_over_time(k6_journey_duration_p99{testid=~"$testid"}[$__rate_interval])) and on () vector($quantile) == 0.99)",
      "native": "histogram_quantile($quantile, sum (rate(k6_journey_duration_seconds{testid=~"$testid"}[$__rate_interval])))",
      "otel": "histogram_quantile($quantile, sum by (le) (rate(k6_journey_duration_milliseconds_bucket{testid=~"$testid"}[$__rate_interval]))) / 1000",
    }
  `)
})

test('means: of a time, of bytes apart; of what is silent where it is 0, over all requests', () => {
  expect(asked({ ask: 'mean', metric: 'http_req_waiting', over: 'time' })).toMatchInlineSnapshot(`
    {
      "classic": "sum (rate(k6_http_req_waiting_seconds_sum{testid=~"$testid"}[$__rate_interval])) / sum (rate(k6_http_req_waiting_seconds_count{testid=~"$testid"}[$__rate_interval])) or sum (rate(k6_http_req_waiting_sum{testid=~"$testid"}[$__rate_interval])) / sum (rate(k6_http_req_waiting_count{testid=~"$testid"}[$__rate_interval])) / 1000",
      "native": "histogram_sum(sum (rate(k6_http_req_waiting_seconds{testid=~"$testid"}[$__rate_interval]))) / histogram_count(sum (rate(k6_http_req_waiting_seconds{testid=~"$testid"}[$__rate_interval])))",
      "otel": "sum (rate(k6_http_req_waiting_milliseconds_sum{testid=~"$testid"}[$__rate_interval])) / sum (rate(k6_http_req_waiting_milliseconds_count{testid=~"$testid"}[$__rate_interval])) / 1000",
    }
  `)
  expect(asked({ ask: 'mean', metric: 'shop_basket', over: 'run' })).toMatchInlineSnapshot(`
    {
      "classic": "sum (last_over_time(k6_shop_basket_sum{testid=~"$testid"}[$__range])) / sum (last_over_time(k6_shop_basket_count{testid=~"$testid"}[$__range]))",
      "native": "histogram_sum(sum (increase(k6_shop_basket{testid=~"$testid"}[$__range]))) / histogram_count(sum (increase(k6_shop_basket{testid=~"$testid"}[$__range])))",
      "otel": "sum (last_over_time(k6_shop_basket_sum{testid=~"$testid"}[$__range])) / sum (last_over_time(k6_shop_basket_count{testid=~"$testid"}[$__range]))",
    }
  `)
  expect(asked({ ask: 'mean', metric: 'http_req_connecting', over: 'time' }).native).toMatchInlineSnapshot(
    `"(histogram_sum(sum (rate(k6_http_req_connecting_seconds{testid=~"$testid"}[$__rate_interval]))) or 0 * sum (rate(k6_http_reqs_total{testid=~"$testid"}[$__rate_interval]))) / sum (rate(k6_http_reqs_total{testid=~"$testid"}[$__rate_interval]))"`,
  )
})

test('busy VUs, levels, buckets', () => {
  expect(asked({ ask: 'busy', by: ['journey'], ...TIME })).toMatchInlineSnapshot(`
    {
      "classic": "sum by (journey) (rate(k6_iteration_duration_seconds_sum{testid=~"$testid",journey=~"$journey"}[$__rate_interval])) or sum by (journey) (rate(k6_iteration_duration_sum{testid=~"$testid",journey=~"$journey"}[$__rate_interval]))",
      "native": "histogram_sum(sum by (journey) (rate(k6_iteration_duration_seconds{testid=~"$testid",journey=~"$journey"}[$__rate_interval])))",
      "otel": "sum by (journey) (rate(k6_iteration_duration_milliseconds_sum{testid=~"$testid",journey=~"$journey"}[$__rate_interval])) / 1000",
    }
  `)
  expect(asked({ ask: 'level', metric: 'vus', over: 'time' }).native).toMatchInlineSnapshot(
    `"sum (last_over_time(k6_vus{testid=~"$testid"}[$__rate_interval]))"`,
  )
  expect(asked({ ask: 'buckets', metric: 'http_req_duration', over: 'time' })).toMatchInlineSnapshot(`
    {
      "classic": "sum by (le) (rate(k6_http_req_duration_seconds_bucket{testid=~"$testid"}[$__rate_interval]))",
      "native": "sum (rate(k6_http_req_duration_seconds{testid=~"$testid"}[$__rate_interval]))",
      "otel": "sum by (le) (rate(k6_http_req_duration_milliseconds_bucket{testid=~"$testid"}[$__rate_interval]))",
    }
  `)
})

test('counters; bytes have a unit in OpenTelemetry’s names', () => {
  expect(asked({ ask: 'rate', metric: 'http_reqs', by: ['journey'], ...TIME })).toMatchInlineSnapshot(`
    {
      "classic": "sum by (journey) (rate(k6_http_reqs_total{testid=~"$testid",journey=~"$journey"}[$__rate_interval]))",
      "native": "sum by (journey) (rate(k6_http_reqs_total{testid=~"$testid",journey=~"$journey"}[$__rate_interval]))",
      "otel": "sum by (journey) (rate(k6_http_reqs_total{testid=~"$testid",journey=~"$journey"}[$__rate_interval]))",
    }
  `)
  expect(asked({ ask: 'total', metric: 'data_sent', over: 'run' })).toMatchInlineSnapshot(`
    {
      "classic": "sum (last_over_time(k6_data_sent_total{testid=~"$testid"}[$__range])) or 0 * sum (last_over_time(k6_iterations_total{testid=~"$testid"}[$__range]))",
      "native": "sum (last_over_time(k6_data_sent_total{testid=~"$testid"}[$__range])) or 0 * sum (last_over_time(k6_iterations_total{testid=~"$testid"}[$__range]))",
      "otel": "sum (last_over_time(k6_data_sent_bytes_total{testid=~"$testid"}[$__range])) or 0 * sum (last_over_time(k6_iterations_total{testid=~"$testid"}[$__range]))",
    }
  `)
})

test('shares are made of counters in every naming, never of k6’s gauge of a Rate', () => {
  const shares = asked({ ask: 'share', metric: 'shop_paid', over: 'time' })
  expect(new Set(Object.values(shares)).size).toBe(1)
  expect(shares.native).toMatchInlineSnapshot(
    `"(sum (rate(k6_shop_paid_nonzero_total{testid=~"$testid"}[$__rate_interval])) or 0 * sum (rate(k6_shop_paid_zero_total{testid=~"$testid"}[$__rate_interval]))) / ((sum (rate(k6_shop_paid_nonzero_total{testid=~"$testid"}[$__rate_interval])) or 0 * sum (rate(k6_shop_paid_zero_total{testid=~"$testid"}[$__rate_interval]))) + (sum (rate(k6_shop_paid_zero_total{testid=~"$testid"}[$__rate_interval])) or 0 * sum (rate(k6_shop_paid_nonzero_total{testid=~"$testid"}[$__rate_interval]))))"`,
  )
  expect(
    asked({ ask: 'share', metric: 'http_req_failed', by: ['journey'], over: 'run' }).native,
  ).toMatchInlineSnapshot(
    `"(sum by (journey) (last_over_time(k6_http_reqs_total{testid=~"$testid",expected_response="false"}[$__range])) or 0 * sum by (journey) (last_over_time(k6_http_reqs_total{testid=~"$testid"}[$__range]))) / sum by (journey) (last_over_time(k6_http_reqs_total{testid=~"$testid"}[$__range]))"`,
  )
})

test('nothing is none: of each journey or step that there is, or of the run', () => {
  const rate = (metric: string, by: readonly string[], where = {}) =>
    asked({ ask: 'rate', metric, by, where, over: 'time' }).native
  expect(rate('dropped_iterations', [])).toMatchInlineSnapshot(
    `"sum (rate(k6_dropped_iterations_total{testid=~"$testid"}[$__rate_interval])) or 0 * sum (rate(k6_iterations_total{testid=~"$testid"}[$__rate_interval]))"`,
  )
  expect(rate('journeys_failed', ['journey'])).toMatchInlineSnapshot(
    `"sum by (journey) (rate(k6_journeys_failed_total{testid=~"$testid"}[$__rate_interval])) or 0 * sum by (journey) (rate(k6_iterations_total{testid=~"$testid",journey!=""}[$__rate_interval]))"`,
  )
  expect(rate('checks_failed', ['journey', 'step'])).toMatchInlineSnapshot(
    `"sum by (journey, step) (rate(k6_checks_failed_total{testid=~"$testid"}[$__rate_interval])) or 0 * sum by (journey, step) (rate(k6_http_reqs_total{testid=~"$testid",journey!="",step!=""}[$__rate_interval]))"`,
  )
  expect(rate('http_reqs', ['name', 'status'], { expected_response: 'false' })).toMatchInlineSnapshot(
    `"sum by (name, status) (rate(k6_http_reqs_total{testid=~"$testid",expected_response="false"}[$__rate_interval])) or (label_replace(0 * sum by (name) (rate(k6_http_reqs_total{testid=~"$testid",name!=""}[$__rate_interval])), "status", "none", "", "") unless on (name) sum by (name, status) (rate(k6_http_reqs_total{testid=~"$testid",expected_response="false"}[$__rate_interval])))"`,
  )
  expect(rate('shop_orders', ['currency'])).toMatchInlineSnapshot(
    `"sum by (currency) (rate(k6_shop_orders_total{testid=~"$testid"}[$__rate_interval])) or (label_replace(0 * sum (rate(k6_iterations_total{testid=~"$testid"}[$__rate_interval])), "currency", "none", "", "") unless on () sum by (currency) (rate(k6_shop_orders_total{testid=~"$testid"}[$__rate_interval])))"`,
  )
})

test('values of a label come from series that have it', () => {
  expect(all.map((dialect) => dialect.values('testid'))).toEqual(
    Array(3).fill('label_values(k6_vus, testid)'),
  )
  expect(all[0]?.values('journey', { testid: '$testid' })).toMatchInlineSnapshot(
    `"label_values({__name__=~"k6_http_reqs_total|k6_journeys_started_total",testid=~"$testid"}, journey)"`,
  )
  expect(all[0]?.values('phase')).toMatchInlineSnapshot(
    `"label_values({__name__=~"k6_http_reqs_total|k6_journeys_started_total"}, phase)"`,
  )
})

test('classic asks k6 for no statistic but those that it is told to write', () => {
  const queries = (['quantile', 'mean'] as const).flatMap((ask) =>
    [0.5, 0.75, 0.95, 0.99, '$quantile'].map(
      (q) => asked({ ask, q, metric: 'http_req_duration', over: 'time' }).classic ?? '',
    ),
  )
  const stats = queries.flatMap((query) =>
    [...query.matchAll(/k6_http_req_duration_(?!seconds)(\w+)/g)].map(([, stat]) => stat),
  )
  expect([...new Set(stats)].sort()).toEqual(CLASSIC_STATS.map((stat) => stat.replace(/[()]/g, '')).sort())
  // k6 writes no gauge of any other quantile: there are the buckets alone.
  expect(asked({ ask: 'quantile', q: 0.9, metric: 'http_req_duration', over: 'time' }).classic).not.toContain(
    ' or ',
  )
})

import { expect, test } from 'vitest'
import { influxdb } from '../../../cli/grafana/dialects/influxdb.ts'
import { catalogue } from './catalogue.ts'
import { lintInfluxql } from './influxql.ts'
import { about } from './testkit.ts'

const problems = (query: string) => lintInfluxql(query, catalogue('influxdb', about))
const WHERE = `"testid" =~ /^\${testid:regex}$/ AND $timeFilter`

test('what the dialect asks is right', () => {
  const dialect = influxdb(about.metrics)
  const where = { journey: '$journey' }
  for (const query of [
    dialect.ask({
      ask: 'quantile',
      q: 0.95,
      metric: 'http_req_duration',
      by: ['journey'],
      where,
      over: 'time',
    }),
    dialect.ask({ ask: 'share', metric: 'boutique_checkout_success', over: 'run' }),
    dialect.ask({ ask: 'level', metric: 'vus', over: 'time' }),
    dialect.ask({ ask: 'total', metric: 'boutique_orders', by: ['currency'], over: 'run' }),
    dialect.values('journey', { testid: '$testid' }),
  ])
    expect(problems(query ?? '')).toEqual([])
})

test.each([
  [`SELECT mean("value") FROM "http_req_duration" WHERE ${WHERE} GROUP BY "step`, /^" is not closed$/],
  [`SELECT mean("value" FROM "vus" WHERE ${WHERE}`, /^\( is not closed$/],
  [`SELECT mean("value") FROM "errors" WHERE ${WHERE}`, /^there is no measurement errors$/],
  [`SELECT mean("value") FROM "vus" WHERE ${WHERE} AND "journey" = 'browse'`, /^vus has no tag journey$/],
  [
    `SELECT mean("value") FROM "http_reqs" WHERE ${WHERE} GROUP BY "currency"`,
    /^http_reqs has no tag currency$/,
  ],
  [`SELECT mean("v") FROM "vus" WHERE ${WHERE}`, /^vus has no tag v$/],
  [`SELECT mean("value") FROM "vus" WHERE "testid" =~ /^x$/`, /^asks for all time/],
  [`SELECT mean("value") FROM "vus" WHERE ${WHERE} GROUP BY time($__interval)`, /without fill/],
  [`SELECT mean("value") FROM "vus" WHERE "testid" = '$testid' AND $timeFilter`, /\$testid in quotes/],
  [
    `SELECT sum("value") * 1000 / $__interval_ms FROM "http_reqs" WHERE ${WHERE} GROUP BY time($__interval) fill(0)`,
    /^has a slash outside of a pattern$/,
  ],
  [`SELECT mean("value") / 1000 FROM "vus" WHERE ${WHERE}`, /^has a slash outside of a pattern$/],
  [`DROP MEASUREMENT "vus"`, /neither SELECT nor SHOW/],
])('%s is found', (query, problem) => {
  expect(problems(query)).toContainEqual(expect.stringMatching(problem))
})

import { expect, test } from 'vitest'
import { metricsOf } from '../metrics.ts'
import { curves, stat, tablePanel } from '../panels.ts'
import type { Measure, Question } from '../question.ts'
import { influxdb } from './influxdb.ts'

const dialect = influxdb(
  metricsOf([
    { name: 'shop_accepted', kind: 'rate', meaning: 'Orders accepted' },
    { name: 'shop_stock', kind: 'gauge', meaning: 'Things in stock' },
  ]),
)
const where = { journey: '$journey', phase: '$phase' }
const ask = (question: Measure & Partial<Question>): string | undefined =>
  dialect.ask({ over: 'time', ...question })

/** Everything that can be asked, as a curve by journey and as one value. */
const MEASURES: Record<string, Measure> = {
  'a rate': { ask: 'rate', metric: 'http_reqs' },
  'a rate of what may never occur': { ask: 'rate', metric: 'checks_failed' },
  'a total': { ask: 'total', metric: 'iterations' },
  'a total of what may never occur': { ask: 'total', metric: 'shop_accepted_zero' },
  'a quantile': { ask: 'quantile', metric: 'http_req_duration', q: 0.95 },
  'a quantile by variable': { ask: 'quantile', metric: 'http_req_duration', q: '$quantile' },
  'a mean of bytes': { ask: 'mean', metric: 'data_received' },
  'a share': { ask: 'share', metric: 'http_req_failed' },
  'an author’s share': { ask: 'share', metric: 'shop_accepted' },
  'the VUs': { ask: 'level', metric: 'vus' },
  'an author’s level': { ask: 'level', metric: 'shop_stock' },
  busy: { ask: 'busy' },
  buckets: { ask: 'buckets', metric: 'http_req_duration' },
}

test('curves', () => {
  const asked = Object.entries(MEASURES).map(
    ([name, measure]) => `${name}\n  ${ask({ ...measure, where, by: ['journey'] })}`,
  )
  expect(asked.join('\n')).toMatchInlineSnapshot(`
    "a rate
      SELECT derivative(cumulative_sum(sum("value")), 1s) AS "value" FROM "http_reqs" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(0)
    a rate of what may never occur
      SELECT (derivative(cumulative_sum(count("value")), 1s) - derivative(cumulative_sum(sum("value")), 1s)) AS "value" FROM "checks" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(0)
    a total
      SELECT cumulative_sum(sum("value")) AS "value" FROM "iterations" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(0)
    a total of what may never occur
      SELECT (cumulative_sum(count("value")) - cumulative_sum(sum("value"))) AS "value" FROM "shop_accepted" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(0)
    a quantile
      SELECT percentile("value", 95) * 0.001 AS "value" FROM "http_req_duration" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(none)
    a quantile by variable
      SELECT percentile("value", \${quantile:raw} * 100) * 0.001 AS "value" FROM "http_req_duration" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(none)
    a mean of bytes
      SELECT mean("value") AS "value" FROM "data_received" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(none)
    a share
      SELECT mean("value") AS "value" FROM "http_req_failed" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(none)
    an author’s share
      SELECT mean("value") AS "value" FROM "shop_accepted" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(none)
    the VUs
      SELECT sum("v") AS "value" FROM (SELECT last("value") AS "v" FROM "vus" WHERE "testid" =~ /^\${testid:regex}$/ AND $timeFilter GROUP BY time($__interval), * fill(none)) WHERE $timeFilter GROUP BY time($__interval), "journey" fill(none)
    an author’s level
      SELECT sum("v") AS "value" FROM (SELECT last("value") AS "v" FROM "shop_stock" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), * fill(previous)) WHERE $timeFilter GROUP BY time($__interval), "journey" fill(none)
    busy
      SELECT derivative(cumulative_sum(sum("value")), 1s) * 0.001 AS "value" FROM "iteration_duration" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(0)
    buckets
      SELECT sample("value", 20) * 0.001 AS "value" FROM "http_req_duration" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(none)"
  `)
})

test('one value for all the shown time', () => {
  const asked = Object.entries(MEASURES).map(
    ([name, measure]) => `${name}\n  ${ask({ ...measure, where, over: 'run' })}`,
  )
  expect(asked.join('\n')).toMatchInlineSnapshot(`
    "a rate
      undefined
    a rate of what may never occur
      undefined
    a total
      SELECT sum("value") AS "value" FROM "iterations" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter
    a total of what may never occur
      SELECT (count("value") - sum("value")) AS "value" FROM "shop_accepted" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter
    a quantile
      SELECT mean("v") AS "value" FROM (SELECT percentile("value", 95) * 0.001 AS "v" FROM "http_req_duration" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter) WHERE $timeFilter
    a quantile by variable
      SELECT mean("v") AS "value" FROM (SELECT percentile("value", \${quantile:raw} * 100) * 0.001 AS "v" FROM "http_req_duration" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter) WHERE $timeFilter
    a mean of bytes
      SELECT mean("value") AS "value" FROM "data_received" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter
    a share
      SELECT mean("value") AS "value" FROM "http_req_failed" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter
    an author’s share
      SELECT mean("value") AS "value" FROM "shop_accepted" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter
    the VUs
      SELECT sum("v") AS "value" FROM (SELECT max("value") AS "v" FROM "vus" WHERE "testid" =~ /^\${testid:regex}$/ AND $timeFilter GROUP BY *) WHERE $timeFilter
    an author’s level
      SELECT sum("v") AS "value" FROM (SELECT max("value") AS "v" FROM "shop_stock" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter GROUP BY *) WHERE $timeFilter
    busy
      undefined
    buckets
      SELECT sample("value", 20) * 0.001 AS "value" FROM "http_req_duration" WHERE "testid" =~ /^\${testid:regex}$/ AND "journey" =~ /^\${journey:regex}$/ AND "phase" =~ /^\${phase:regex}$/ AND $timeFilter"
  `)
})

test('values by a label for all the shown time come with one time, so that tables can join them', () => {
  const q = {
    ask: 'quantile',
    metric: 'journey_duration',
    q: 0.999,
    by: ['journey', 'step'],
    over: 'run',
  } as const
  expect(ask(q)).toMatchInlineSnapshot(
    `"SELECT mean("v") AS "value" FROM (SELECT percentile("value", 99.9) * 0.001 AS "v" FROM "journey_duration" WHERE "testid" =~ /^\${testid:regex}$/ AND $timeFilter GROUP BY "journey", "step") WHERE $timeFilter GROUP BY "journey", "step""`,
  )
})

test('conditions: texts as they are, variables as patterns, a label that the metric has not is left out', () => {
  const steps = { step: "it's", check: '$check', name: '${name}' }
  expect(ask({ ask: 'rate', metric: 'http_reqs', where: steps, run: '$base' })).toMatchInlineSnapshot(
    `"SELECT derivative(cumulative_sum(sum("value")), 1s) AS "value" FROM "http_reqs" WHERE "testid" =~ /^\${base:regex}$/ AND "step" = 'it\\'s' AND "name" =~ /^\${name:regex}$/ AND $timeFilter GROUP BY time($__interval) fill(0)"`,
  )
})

test('what it cannot answer: earlier runs moved in time, and what loadwright writes of a run', () => {
  expect(ask({ ask: 'rate', metric: 'http_reqs', shift: 'shift' })).toBeUndefined()
  expect(ask({ ask: 'level', metric: 'loadwright_run_info' })).toBeUndefined()
  expect(() => ask({ ask: 'level', metric: 'vuss' })).toThrow('no such metric: vuss')
})

test('the values of labels', () => {
  expect([dialect.values('testid'), dialect.values('journey', { testid: '$testid' })]).toMatchInlineSnapshot(`
    [
      "SHOW TAG VALUES FROM "vus" WITH KEY = "testid"",
      "SHOW TAG VALUES FROM "http_reqs" WITH KEY = "journey" WHERE "testid" =~ /^\${testid:regex}$/",
    ]
  `)
})

test('panels ask as Grafana’s InfluxQL does: raw, with the names of tags, tables with columns as Prometheus’', () => {
  const spec = { id: 1, title: 'x', description: 'y', unit: 's' }
  const rate = { ask: 'rate', metric: 'http_reqs', by: ['journey'], over: 'time' } as const
  const run = { ask: 'total', metric: 'http_reqs', over: 'run' } as const
  const moved = { ...run, shift: 'shift' }
  const panels = [
    ...curves(dialect, spec, [rate]),
    ...stat(dialect, spec, [{ ...run, legend: 'requests' }]),
    ...tablePanel(dialect, spec, [run, moved, run]),
  ]
  expect(panels.map(({ targets }) => targets)).toMatchInlineSnapshot(`
    [
      [
        {
          "alias": "$tag_journey",
          "datasource": {
            "type": "influxdb",
            "uid": "\${datasource}",
          },
          "query": "SELECT derivative(cumulative_sum(sum("value")), 1s) AS "value" FROM "http_reqs" WHERE "testid" =~ /^\${testid:regex}$/ AND $timeFilter GROUP BY time($__interval), "journey" fill(0)",
          "rawQuery": true,
          "refId": "A",
          "resultFormat": "time_series",
        },
      ],
      [
        {
          "alias": "requests",
          "datasource": {
            "type": "influxdb",
            "uid": "\${datasource}",
          },
          "query": "SELECT sum("value") AS "value" FROM "http_reqs" WHERE "testid" =~ /^\${testid:regex}$/ AND $timeFilter",
          "rawQuery": true,
          "refId": "A",
          "resultFormat": "time_series",
        },
      ],
      [
        {
          "datasource": {
            "type": "influxdb",
            "uid": "\${datasource}",
          },
          "query": "SELECT sum("value") AS "Value #A" FROM "http_reqs" WHERE "testid" =~ /^\${testid:regex}$/ AND $timeFilter",
          "rawQuery": true,
          "refId": "A",
          "resultFormat": "table",
        },
        {
          "datasource": {
            "type": "influxdb",
            "uid": "\${datasource}",
          },
          "query": "SELECT sum("value") AS "Value #C" FROM "http_reqs" WHERE "testid" =~ /^\${testid:regex}$/ AND $timeFilter",
          "rawQuery": true,
          "refId": "C",
          "resultFormat": "table",
        },
      ],
    ]
  `)
})

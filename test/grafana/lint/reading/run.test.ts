import { describe, expect, test } from 'vitest'
import { runDashboard } from '../../../../cli/grafana/dashboards/run.ts'
import { influxdb } from '../../../../cli/grafana/dialects/influxdb.ts'
import { native } from '../../../../cli/grafana/dialects/native.ts'
import { withJourneyColours } from '../../../../cli/grafana/journeyColours.ts'
import { withLegends } from '../../../../cli/grafana/legends.ts'
import { dashboardParts } from '../../../../cli/grafana/panelsOf.ts'
import type { Dialect } from '../../../../cli/grafana/question.ts'
import type { Dashboard, Panel, Row } from '../../../../cli/grafana/schema.ts'
import { catalogue } from '../catalogue.ts'
import { lintPromql } from '../promql.ts'
import { about as small } from '../testkit.ts'
import { READING } from './index.ts'

const journeys = ['browse', 'pay']
const about = { ...small, journeys, steps: [{ journey: 'pay', step: 'open cart' }] }

const made = (dialect: Dialect): Dashboard =>
  withJourneyColours(withLegends(runDashboard({ ...about, dialect }), journeys.length), journeys)
const good = made(native(about.metrics))

function found(dashboard: Dashboard, naming: Dialect['name'] = 'native'): string[] {
  const said: string[] = []
  const tell = (where: string, problem: string) => void said.push(`${where}: ${problem}`)
  for (const rule of READING) rule({ dashboard, name: 'run', naming, about, tell })
  return said
}

const panel = (dashboard: Dashboard, id: number): Panel =>
  dashboardParts(dashboard).panels.find((one) => one.id === id) as Panel
const row = (dashboard: Dashboard, id: number): Row =>
  dashboardParts(dashboard).rows.find((one) => one.id === id) as Row
const target = (dashboard: Dashboard, id: number) => panel(dashboard, id).targets?.[0] as { expr: string }
const defaults = (dashboard: Dashboard, id: number) =>
  panel(dashboard, id).fieldConfig?.defaults as Record<string, unknown>
const annotations = (dashboard: Dashboard) =>
  (dashboard.annotations?.list ?? []) as { enable: boolean; expr?: string; name: string }[]

test('Run reads well, in Prometheus and in InfluxDB', () => {
  expect(found(good)).toEqual([])
  expect(found(made(influxdb(about.metrics)), 'influxdb')).toEqual([])
})

const MISTAKES: Record<string, [plant: (dashboard: Dashboard) => void, said: string]> = {
  'a bar that begins at the least value': [
    (d) => {
      const bars = panel(d, 506).fieldConfig?.overrides[0]
      if (bars) bars.properties = bars.properties.filter(({ id }) => id !== 'min')
    },
    '506 Steps: how far journeys came: the bars of share of journeys have no min and max',
  ],
  'a bar of 200 %': [
    (d) => {
      for (const one of panel(d, 506).fieldConfig?.overrides[0]?.properties ?? [])
        if (one.id === 'max') one.value = 2
    },
    '506 Steps: how far journeys came: the bars of share of journeys do not reach from 0 to 100 %',
  ],
  'steps by the alphabet': [
    (d) => (panel(d, 506).transformations = []),
    '506 Steps: how far journeys came: its steps are not sorted by order',
  ],
  'a tile whose title is cut': [
    (d) => (panel(d, 102).title = 'Requests of this run'),
    '102 Requests of this run: its title has more than 18 characters, and is cut',
  ],
  'a count that is shortened': [
    (d) => (defaults(d, 102).unit = 'short'),
    '102 Requests: its counts are shortened: 12.3 K',
  ],
  'a table of counts that are shortened': [
    (d) => (defaults(d, 505).unit = 'short'),
    '505 Journeys: begun and completed: its counts are shortened: 12.3 K',
  ],
  'an own metric by its name': [
    (d) => (panel(d, 302).title = 'boutique_orders'),
    '302 boutique_orders: is called by a metric’s name',
  ],
  'a green that nobody measured': [
    (d) => (defaults(d, 104).color = { mode: 'palette-classic' }),
    '104 p95 of requests: its colour is the first of the palette, green, whatever it says',
  ],
  'a green by a limit that the run did not have': [
    (d) => (defaults(d, 104).color = { mode: 'thresholds' }),
    '104 p95 of requests: its colour is a limit of the suite, not a threshold of the run',
  ],
  'a verdict that is lost where the shown time ends before the run': [
    (d) => (target(d, 110).expr = 'max (last_over_time(loadwright_run_info{testid="$testid"}[$__range]))'),
    '110 Run: a fact of the run is looked for in the shown time alone',
  ],
  'a verdict that is missing, without words': [
    (d) => (defaults(d, 101).mappings = []),
    '101 Verdict: a verdict that is missing has no mapping',
  ],
  'two verdicts, of which the last is shown': [
    (d) => (target(d, 101).expr = 'max by (verdict) (loadwright_run_verdict{testid="$testid"})'),
    '101 Verdict: a run with two verdicts shows whichever comes last',
  ],
  'phases guessed from a rate': [
    (d) => {
      const [judged] = annotations(d)
      if (judged) judged.expr = 'sum by (phase) (rate(k6_http_reqs_total{judged="true"}[1m]))'
    },
    'annotation Judged phase: guesses times from a rate',
  ],
  'all phases over all charts': [
    (d) => {
      for (const one of annotations(d)) if (one.name === 'All phases') one.enable = true
    },
    'annotation All phases: floods charts with phases that are not judged',
  ],
  'rows of phases guessed from a rate': [
    (d) => (target(d, 204).expr = 'sum by (phase) (rate(k6_http_reqs_total[1m])) > bool 0'),
    '204 Phases: guesses phases from a rate',
  ],
  'the same markers twice': [
    (d) => {
      for (const one of annotations(d)) one.enable ||= one.name === 'Markers of the run'
    },
    'annotation Markers of the run: shows once more what Judged phase shows',
  ],
  'a rate over what k6’s pushes need': [
    (d) => (target(d, 801).expr = target(d, 801).expr.replaceAll('$__rate_interval', '20s')),
    '801 CPU: its rates do not look back $__rate_interval',
  ],
  'the system under test by the data source of k6': [
    (d) => Object.assign(target(d, 801), { datasource: { type: 'prometheus', uid: '${datasource}' } }),
    '801 CPU: asks the data source of k6, whose $__rate_interval holds one scrape',
  ],
  'a right axis up to 100 for zeros': [
    (d) => {
      for (const { properties } of panel(d, 111).fieldConfig?.overrides ?? [])
        properties.splice(0, 9, ...properties.filter(({ id }) => id !== 'custom.axisSoftMax'))
    },
    '111 Course of the run: its right axis, of D, has neither max nor axisSoftMax',
  ],
  'Prometheus as the system under test': [
    (d) => (target(d, 802).expr = 'process_resident_memory_bytes{job=~"$job"}'),
    '802 Memory: takes Prometheus itself for the system under test',
  ],
  'restarts of a moment': [
    (d) => (target(d, 803).expr = target(d, 803).expr.replaceAll('$__range', '$__rate_interval')),
    '803 Restarts: counts restarts of a moment, not of the run',
  ],
  'a dashboard of five screens': [(d) => (panel(d, 110).gridPos.h = 80), 'dashboard: is 4.9 screens high'],
  'a row that is open': [(d) => (row(d, 300).collapsed = false), 'row Times: is open at first'],
  'another row at the top': [
    (d) => (row(d, 100).title = 'Summary'),
    'dashboard: does not begin with an open Overview',
  ],
  'a red verdict that nothing explains': [
    (d) => (target(d, 112).expr = 'vector(1)'),
    'dashboard: shows no loadwright_run_reason at first',
  ],
}

describe('in Run', () => {
  test.each(Object.entries(MISTAKES))('%s: is found', (_, [plant, said]) => {
    const dashboard = structuredClone(good)
    plant(dashboard)
    expect(found(dashboard)).toEqual([said])
  })

  test('a zero where k6 dropped iterations, of which it names no journey', () => {
    const query = 'sum(last_over_time(k6_dropped_iterations_total{journey=~"$journey"}[1m])) or vector(0)'
    expect(lintPromql(query, catalogue('native', about)).problems).toEqual([
      'k6_dropped_iterations_total has no label journey',
    ])
  })
})

import { expect, test } from 'vitest'
import { frame } from '../../../../cli/grafana/dashboards/frame.ts'
import { native } from '../../../../cli/grafana/dialects/native.ts'
import { withJourneyColours } from '../../../../cli/grafana/journeyColours.ts'
import { withLegends } from '../../../../cli/grafana/legends.ts'
import { curves, heatmap, states } from '../../../../cli/grafana/panels.ts'
import { dashboardParts } from '../../../../cli/grafana/panelsOf.ts'
import type { Dashboard, Panel } from '../../../../cli/grafana/schema.ts'
import { about } from '../testkit.ts'
import { READING } from './index.ts'

const JOURNEYS = ['browse', 'pay']
const dialect = native(about.metrics)
const over = { over: 'time', where: { journey: '$journey' } } as const
const spec = { description: 'What is seen.' }

/** A dashboard that reads well. */
function good(): Dashboard {
  const rate = { ask: 'rate', metric: 'http_reqs', by: ['journey'], ...over } as const
  const panels = [
    ...curves(dialect, { id: 11, title: 'Rate', unit: 'reqps', ...spec }, [rate]),
    ...curves(dialect, { id: 12, title: 'Failed', unit: 'percentunit', ...spec }, [
      { ask: 'share', metric: 'http_req_failed', by: ['journey'], ...over },
    ]),
    ...curves(dialect, { id: 13, title: 'By step', unit: 'reqps', ...spec }, [
      { ...rate, by: ['journey', 'step'] },
    ]),
    ...heatmap(dialect, { id: 14, title: 'Times', unit: 'reqps', axis: 's', ...spec }, [
      { ask: 'buckets', metric: 'http_req_duration', over: 'time' },
    ]),
    ...states(
      dialect,
      {
        ...spec,
        id: 15,
        title: 'Verdicts',
        unit: 'none',
        apart: true,
        defaults: { mappings: [{ type: 'value', options: { 1: { text: 'inconclusive' } } }] },
      },
      [{ expr: 'loadwright_run_verdict', legendFormat: '{{verdict}}' }],
    ),
  ]
  const made = frame(dialect, {
    name: 'run',
    title: 'Run',
    description: 'A run.',
    variables: [],
    rows: [{ id: 1, title: 'Overview', panels }],
  })
  return withJourneyColours(withLegends(made, JOURNEYS.length), JOURNEYS)
}

function found(dashboard: Dashboard): string[] {
  const said: string[] = []
  const tell = (where: string, problem: string) => void said.push(`${where}: ${problem}`)
  const given = { name: 'some', naming: 'native', about: { ...about, journeys: JOURNEYS }, tell } as const
  for (const rule of READING) rule({ dashboard, ...given })
  return said
}

const panel = (dashboard: Dashboard, id: number): Panel =>
  dashboardParts(dashboard).panels.find((one) => one.id === id) as Panel
const defaults = (dashboard: Dashboard, id: number) =>
  panel(dashboard, id).fieldConfig?.defaults as Record<string, unknown>
const options = (dashboard: Dashboard, id: number) => panel(dashboard, id).options as Record<string, unknown>

test('what reads well has no mistakes', () => {
  expect(found(good())).toEqual([])
})

const MISTAKES: Record<string, [plant: (dashboard: Dashboard) => void, said: string]> = {
  'an axis of zeros up to 100': [
    (d) => (defaults(d, 11).custom = {}),
    '11 Rate: its axis has neither max nor axisSoftMax: zeros are drawn up to 100 reqps',
  ],
  'an axis of zeros up to 10000 %': [
    (d) => (defaults(d, 12).custom = { axisSoftMin: 0 }),
    '12 Failed: its axis has neither max nor axisSoftMax: zeros are drawn up to 100 percentunit',
  ],
  'percentages without a begin': [
    (d) => {
      delete defaults(d, 12).min
      defaults(d, 12).custom = { axisSoftMax: 0.1 }
    },
    '12 Failed: its percentages begin at no min',
  ],
  'percentages of more than all': [
    (d) => (defaults(d, 12).custom = { axisSoftMax: 100 }),
    '12 Failed: its percentages reach beyond 100 %',
  ],
  'no legend': [(d) => (options(d, 11).legend = { showLegend: false }), '11 Rate: has no legend'],
  'a table below few lines': [
    (d) => (options(d, 11).legend = { showLegend: true, displayMode: 'table', placement: 'bottom' }),
    '11 Rate: its legend is a table (bottom), not a list (bottom)',
  ],
  'a list of many lines': [
    (d) => (options(d, 13).legend = { showLegend: true, displayMode: 'list', placement: 'bottom' }),
    '13 By step: its legend is a list (bottom), not a table (right)',
  ],
  'a journey without a colour': [
    (d) => panel(d, 11).fieldConfig?.overrides.shift(),
    '11 Rate: browse has no colour of its own',
  ],
  'a journey of two colours': [
    (d) => {
      const [first] = panel(d, 12).fieldConfig?.overrides ?? []
      if (first) first.properties = [{ id: 'color', value: { mode: 'fixed', fixedColor: 'pink' } }]
    },
    '12 Failed: browse is pink, and blue elsewhere',
  ],
  'cells in seconds': [
    (d) => (options(d, 14).cellValues = { unit: 's' }),
    '14 Times: its cells have the unit s, not reqps',
  ],
  'an axis of requests': [
    (d) => (options(d, 14).yAxis = { unit: 'reqps' }),
    '14 Times: its axis has the unit reqps, and is a time',
  ],
  'lines called Value': [
    (d) => ((panel(d, 11).targets?.[0] as { expr: string }).expr = 'sum by (journey) (rate(k6_x_total[1m]))'),
    '11 Rate: A: what has no journey has no name',
  ],
  'verdicts merged': [
    (d) => (options(d, 15).mergeValues = true),
    '15 Verdicts: merges verdicts of several runs',
  ],
}

test.each(Object.entries(MISTAKES))('%s: is found', (_, [plant, said]) => {
  const dashboard = good()
  plant(dashboard)
  expect(found(dashboard)).toEqual([said])
})

import { expect, test } from 'vitest'
import { uidOf } from '../../../cli/grafana/dashboards/frame.ts'
import type { Dashboard, Panel } from '../../../cli/grafana/schema.ts'
import { dialect, found, good, listOf, panel } from './testkit.ts'

const target = (dashboard: Dashboard): Record<string, unknown> =>
  panel(dashboard).targets?.[0] as Record<string, unknown>
/** The panel 21, in a closed row. */
const hidden = (dashboard: Dashboard): Panel =>
  (dashboard.panels?.find((one) => one.id === 2) as { panels: Panel[] }).panels[0] as Panel

test('a good dashboard has no mistakes', () => {
  expect(found(good())).toEqual([])
})

const MISTAKES: Record<string, [plant: (dashboard: Dashboard) => void, said: string]> = {
  'no unit': [(d) => delete panel(d).fieldConfig?.defaults.unit, '11 Rate: has no unit'],
  'no description': [(d) => delete panel(d).description, '11 Rate: has no description'],
  'a long description': [
    (d) => (panel(d).description = 'x'.repeat(401)),
    '11 Rate: its description is longer than 400',
  ],
  'a long title': [
    (d) => (panel(d).title = 'x'.repeat(61)),
    `11 ${'x'.repeat(61)}: its title is longer than 60`,
  ],
  'the same id, in a closed row': [
    (d) => (hidden(d).id = 11),
    'panel 11: its id is not unique, or no whole number above 0',
  ],
  'the id of a row': [(d) => (panel(d).id = 1), 'panel 1: its id is not unique, or no whole number above 0'],
  'a fixed data source': [
    (d) => (panel(d).datasource = { type: 'prometheus', uid: 'abc' }),
    '11 Rate: its data source is abc, which is no variable',
  ],
  'a data source that is no variable of that kind': [
    (d) => (target(d).datasource = { type: 'prometheus', uid: '${testid}' }),
    '11 Rate: its data source is ${testid}, which is no variable',
  ],
  'no refId': [(d) => delete target(d).refId, '11 Rate: a query without refId: has no refId'],
  'no query': [(d) => delete target(d).expr, '11 Rate: A: asks nothing'],
  'one refId twice': [(d) => panel(d).targets?.push(target(d)), '11 Rate: has two queries of one refId'],
  'a wrong query': [
    (d) => (target(d).expr = 'rate(k6_vus[1m])'),
    '11 Rate: A: rate() of a gauge says nothing',
  ],
  'a wrong query in a closed row': [
    (d) => ((hidden(d).targets?.[0] as Record<string, unknown>).expr = 'sum(k6_x'),
    '21 Requests: A: ( is not closed',
  ],
  'no legend': [(d) => (target(d).legendFormat = ''), '11 Rate: A: has no legendFormat'],
  'a label in the legend that is not there': [
    (d) => (target(d).legendFormat = '{{step}}'),
    '11 Rate: A: its legend has the label step, which its series have not',
  ],
  'an undeclared variable': [(d) => (panel(d).title = 'Rate of $step'), '$step: is used, and no variable'],
  'a variable in a description': [
    (d) => (panel(d).description = 'of ${step:csv}'),
    '$step: is used, and no variable',
  ],
  'an unused variable': [
    (d) => listOf(d).push({ name: 'free', label: 'Free', type: 'textbox' } as never),
    '$free: is a variable that nothing uses',
  ],
  'a wrong variable': [
    (d) => ((listOf(d)[1] as { query: unknown }).query = { query: 'label_values(k6_vus, step)', refId: 'x' }),
    '$testid: label_values: k6_vus has no label step',
  ],
  'a wrong annotation': [
    (d) => d.annotations?.list?.push({ name: 'Ends', expr: 'k6_ended' } as never),
    'annotation Ends: k6_ended is no series of this naming',
  ],
  'a link to nowhere': [
    (d) =>
      (panel(d).links = [{ title: 'x', url: '/d/loadwright-nothing-native?var-testid=$testid' } as never]),
    'panels.1.links.0.url: leads to the dashboard loadwright-nothing-native, which there is not',
  ],
  'a link to no panel': [
    (d) => (panel(d).links = [{ title: 'x', url: `/d/${uidOf('run', dialect)}?viewPanel=99` } as never]),
    'panels.1.links.0.url: leads to the panel 99 of loadwright-run-native, which there is not',
  ],
  'panels over one another': [
    (d) => (panel(d).gridPos = { x: 4, y: 0, w: 12, h: 8 }),
    '11 Rate: lies over 1 Load',
  ],
  'a panel beside the grid': [(d) => (panel(d).gridPos.x = 13), '11 Rate: lies outside of the 24 columns'],
  'a newer panel': [(d) => (panel(d).type = 'canvas2'), '11 Rate: canvas2 is no panel of Grafana 10'],
  'a newer transformation': [
    (d) => (panel(d).transformations = [{ id: 'transpose', options: {} }]),
    '11 Rate: transpose is no transformation of Grafana 10',
  ],
  'another schema': [(d) => (d.schemaVersion = 41), 'dashboard: its schemaVersion is 41, not 39'],
}

test.each(Object.entries(MISTAKES))('%s is found', (_, [plant, said]) => {
  const dashboard = good()
  plant(dashboard)
  expect(found(dashboard)).toContainEqual(expect.stringContaining(said))
})

test('two dashboards of one uid are found', () => {
  expect(found(good(), good())).toContain('dashboard: its uid is that of dashboards/native/0.json')
})

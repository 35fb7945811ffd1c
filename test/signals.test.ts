import { expect, test } from 'vitest'
import { createCurves } from '../cli/record/curves.ts'
import { figuresOf } from '../cli/record/figures.ts'
import { createStore, SIGNALS, signalFigures, type Signal } from '../cli/record/index.ts'
import { counter, trend } from './doubles/pushesOfK6.ts'
import { timelineOf } from '../cli/record/timelineOf.ts'
import { drawingOf } from '../cli/report/charts.ts'
import { fakeReport } from './doubles/reportData.ts'
import { htmlReport } from '../cli/report/html.ts'
import { agreementOf } from '../cli/verdict/agreement.ts'

/** A protocol that no k6 speaks: nothing but this row knows of it. */
const CALLS: Signal = {
  name: 'calls',
  one: 'call',
  unit: 'ms',
  trend: 'made_up_call_duration',
  all: { metric: 'made_up_calls' },
  failed: { metric: 'made_up_calls', where: { code: 'refused' } },
  tags: ['journey', 'step', 'phase', 'code'],
}
/** One that nobody counts: its Trend has a sample for each. */
const PAGES: Signal = { name: 'pages', one: 'page', unit: 'ms', trend: 'made_up_page', tags: ['journey'] }
const signals = [...SIGNALS, CALLS, PAGES]

const pay = { journey: 'checkout', step: 'pay', phase: 'steady' }
const pushes = [
  [
    counter('k6_made_up_calls_total', 3, 10_000, { ...pay, code: 'ok' }),
    counter('k6_made_up_calls_total', 1, 10_000, { ...pay, code: 'refused' }),
    trend('k6_made_up_call_duration_seconds', [0.4, 0.4, 0.4, 0.4], 10_000, pay),
    trend('k6_made_up_page_seconds', [2, 2], 10_000, pay),
    trend('k6_group_duration_seconds', [0.5], 10_000, pay),
  ],
  [counter('k6_made_up_calls_total', 7, 20_000, { ...pay, code: 'ok' })],
]
const store = createStore()
const curves = createCurves(10_000, signals)
for (const push of pushes) curves.add(store.add(push))
const near = (value: number) => expect.closeTo(value, -Math.log10(value * 0.19)) as number

test('a row of the table is counted in the figures of steps and phases, and in those of the whole run', () => {
  const calls = { signal: 'calls', count: 8, failed: 1, p50: near(400), p95: near(400) }
  const pages = { signal: 'pages', count: 2, failed: 0, p50: near(2000) }
  const [checkout] = figuresOf(store, { journeys: ['checkout'], steps: [], judged: ['steady'] }, signals)
  expect(checkout?.steps).toMatchObject([
    {
      name: 'pay',
      requests: 0,
      signals: [calls, pages],
      phases: [{ phase: 'steady', signals: [calls, pages] }],
    },
  ])
  expect(signalFigures(store, signals)).toMatchObject([calls, pages])
})

test('what a row tells of is drawn over time, and is no metric of the author’s', () => {
  const timeline = timelineOf(curves)
  expect(timeline.others).toMatchObject([
    { signal: CALLS, curves: { count: [4, 4], failed: [1, 0], p95: [near(400), null] } },
    { signal: PAGES, curves: { count: [2, 0], failed: [0, 0], p50: [near(2000), null] } },
  ])
  expect(timeline.own).toEqual([])
  const drawn = drawingOf({ record: fakeReport().record, timeline })?.charts ?? []
  expect(drawn.map(({ title, lines }) => `${title}: ${lines.map(({ label }) => label).join(', ')}`)).toEqual(
    expect.arrayContaining([
      'Rate: requests, calls, pages, iterations',
      'Time of a request: p50, p95, p99',
      'Time of a call: p50, p95, p99',
      'Time of a page: p50, p95, p99',
      'Errors: failed requests, failed calls, failed checks',
    ]),
  )
})

test('a report has the figures of a row, and its columns where steps have it', async () => {
  const data = fakeReport()
  const found = signalFigures(store, signals)
  const journeys = figuresOf(store, { journeys: [], steps: [], judged: [] }, signals).concat({
    ...data.record.journeys[0]!,
    steps: [{ name: 'pay', completed: 8, measured: 8, requests: 0, failed: 0, signals: found }],
  })
  const html = await htmlReport({
    record: { ...data.record, signals: found, journeys },
    timeline: timelineOf(curves),
  })
  expect(html).toMatch(/<dt>Calls<\/dt><dd><b>8<\/b>/)
  expect(html).toMatch(/<dt>Failed calls<\/dt>/)
  expect(html).toMatch(/<th[^>]*>Calls<\/th><th[^>]*>Failed<\/th><th[^>]*>Pages<\/th>/)
})

test('counts of a row must agree with k6’s own', () => {
  const k6 = (count: number) => ({
    metrics: {
      made_up_calls: { count, rate: 1 },
      made_up_page: { avg: 2000, count: 2, 'p(95)': 2000 },
    },
  })
  const { agreement, disagreements } = agreementOf(store, k6(8), signals)!
  expect(disagreements).toEqual([])
  expect(agreement.recorded.signals).toMatchObject([
    { signal: 'calls', count: 8, p95: near(400) },
    { signal: 'pages', count: 2, p95: near(2000) },
  ])
  expect(agreement.k6.signals).toEqual([
    { signal: 'calls', count: 8 },
    { signal: 'pages', count: 2, p95: 2000 },
  ])
  expect(agreementOf(store, k6(9), signals)?.disagreements).toEqual([
    { metric: 'made_up_calls', recorded: 8, k6: 9 },
  ])
})

import { expect, test } from 'vitest'
import { drawingOf, isEmpty, summaryOf } from './charts.ts'
import { fakeReport } from '../../test/doubles/reportData.ts'

const data = fakeReport()
const drawing = drawingOf(data)
if (!drawing) throw new Error('nothing to draw')

test('every curve that people look for is a chart', () => {
  expect(drawing.charts.map(({ title, lines }) => `${title}: ${lines.map(({ label }) => label).join(', ')}`))
    .toMatchInlineSnapshot(`
    [
      "Rate: requests, iterations",
      "Time of a request: p50, p95, p99",
      "Errors: failed requests, failed checks",
      "VUs: VUs, initialised",
      "Dropped iterations: dropped",
      "Time of a journey, p95: browse, checkout, currency",
      "boutique_orders: boutique_orders",
      "boutique_basket: p95",
    ]
  `)
})

test('counts become rates by the length of a window; a share of nothing is nothing', () => {
  const count = data.timeline?.requests.count[5] ?? 0
  expect(drawing.charts[0]?.lines[0]?.values[5]).toBeCloseTo(count / 10, 5)
  const quiet = { ...data.timeline!, requests: { ...data.timeline!.requests, count: [0], failed: [0] } }
  expect(drawingOf({ ...data, timeline: quiet })?.charts[2]?.lines[0]?.values).toEqual([null])
})

test('phases are marked from the start on; the same phase of two scenarios is one', () => {
  const [first] = data.record.phases ?? []
  const twice = {
    ...data.record,
    phases: [...(data.record.phases ?? []), { ...first!, scenario: 'tellers' }],
  }
  expect(drawingOf({ ...data, record: twice })?.bands).toEqual([
    { phase: 'ramp-up', from: 0, to: 30, judged: false },
    { phase: 'warm-up', from: 30, to: 60, judged: false },
    { phase: 'steady', from: 60, to: 270, judged: true },
    { phase: 'ramp-down', from: 270, to: 300, judged: false },
  ])
})

test('without a course, or with an empty one, there is nothing to draw', () => {
  expect(drawingOf({ record: data.record })).toBeUndefined()
  expect(drawingOf({ ...data, timeline: { ...data.timeline!, at: [] } })).toBeUndefined()
})

test('a chart says in words what it shows, and whether it is empty', () => {
  const [rate] = drawing.charts
  expect(summaryOf(rate!, drawing)).toMatch(
    /^Rate: requests [\d.]+\/s on average, at most [\d.]+\/s at \d\d:\d\d; iterations/,
  )
  expect(drawing.charts.filter(isEmpty).map(({ title }) => title)).toEqual(['boutique_basket'])
})

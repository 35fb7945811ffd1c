import { expect, test } from 'vitest'
import type { ThresholdResult } from '../../k6/index.ts'
import { histogramOf, type Pushed } from '../../prometheus/index.ts'
import { createStore } from '../../record/index.ts'
import { slowSteps, stepTimes } from './slow.ts'

const times = [
  { journey: 'checkout', step: 'open home', seconds: 1 },
  { journey: 'checkout', step: 'place order', seconds: 97 },
  { journey: 'checkout', step: 'view', seconds: 2 },
  { journey: 'browse', step: 'open home', seconds: 1 },
  { journey: 'browse', step: 'view', seconds: 1 },
]
const crossed = (metric: string, threshold = 'p(95)<800', value = 4100): ThresholdResult => ({
  metric,
  threshold,
  value,
  result: 'fail',
})

test('a limit on time that was crossed is explained by the step that has nearly all of it', () => {
  expect(slowSteps([crossed('http_req_duration{journey:checkout,phase:steady}')], times)).toEqual([
    'p(95) of journey checkout is 4.1 s: 97 % of it is in step place order',
  ])
  expect(slowSteps([crossed('http_req_duration')], times)).toEqual([
    'p(95) of all journeys is 4.1 s: 95 % of it is in step checkout › place order',
  ])
})

test('several limits with one reason have one sentence', () => {
  const metric = 'http_req_duration{phase:steady,journey:checkout}'
  expect(slowSteps([crossed(metric), crossed(metric, 'p(99)<2000', 4200)], times)).toEqual([
    'p(99) of journey checkout is 4.2 s: 97 % of it is in step place order',
  ])
})

test('no sentence where no step stands out, where there is only one, or where the limit held or is on no time', () => {
  const held = { ...crossed('http_req_duration{journey:checkout}'), result: 'pass' as const }
  const others = [
    crossed('http_req_duration{journey:browse}'),
    crossed('checks{journey:checkout}', 'rate>1'),
    held,
  ]
  expect(slowSteps(others, times)).toEqual([])
  expect(slowSteps([crossed('http_req_duration{journey:checkout}')], times.slice(1, 2))).toEqual([])
})

test('the time of steps is read where the run is judged; a step inside another one is that one’s', () => {
  const push = (step: string, group: string, phase: string, seconds: number[]): Pushed => ({
    name: 'k6_group_duration_seconds',
    labels: { journey: 'a', step, group, phase },
    samples: [],
    histograms: [{ at: 1000, value: histogramOf(seconds) }],
  })
  const store = createStore()
  store.add([
    push('pay', '::pay', 'steady', [1, 2]),
    push('pay', '::pay', 'warm-up', [50]),
    push('card', '::pay::card', 'steady', [1]),
  ])
  expect(stepTimes(store, ['steady'])).toEqual([{ journey: 'a', step: 'pay', seconds: 3 }])
  expect(stepTimes(store, [])).toEqual([{ journey: 'a', step: 'pay', seconds: 53 }])
})

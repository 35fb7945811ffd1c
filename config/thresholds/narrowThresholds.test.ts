import { expect, test } from 'vitest'
import { narrowThresholds } from './narrowThresholds.ts'
import type { K6Threshold } from './thresholds.ts'

/** Thresholds narrowed to these phases, whatever the key. */
const judged = (thresholds: Record<string, K6Threshold[]>, phases: readonly string[]) =>
  narrowThresholds(thresholds, () => phases.map((phase) => `phase:${phase}`))

test('the judged phase is added where the metric carries one and the key names none', () => {
  const thresholds = {
    journey_failed: ['rate<0.01'],
    'http_req_duration{journey:checkout}': ['p(95)<800', { threshold: 'p(99)<2000', abortOnFail: true }],
    'http_req_duration{phase:warm-up}': ['p(95)<5000'],
    dropped_iterations: ['count<1'],
    vus: ['value<10'],
    'vus_max{a:b}': ['value<10'],
  }
  expect(judged(thresholds, ['steady'])).toMatchInlineSnapshot(`
    {
      "dropped_iterations": [
        "count<1",
      ],
      "http_req_duration{journey:checkout,phase:steady}": [
        "p(95)<800",
        {
          "abortOnFail": true,
          "threshold": "p(99)<2000",
        },
      ],
      "http_req_duration{phase:warm-up}": [
        "p(95)<5000",
      ],
      "journey_failed{phase:steady}": [
        "rate<0.01",
      ],
      "vus": [
        "value<10",
      ],
      "vus_max{a:b}": [
        "value<10",
      ],
    }
  `)
  expect(judged({ checks: ['rate>0.9'] }, ['spike', 'recovery'])).toEqual({
    'checks{phase:spike}': ['rate>0.9'],
    'checks{phase:recovery}': ['rate>0.9'],
  })
  expect(judged(thresholds, [])).toEqual(thresholds)
})

test('a phase that was written and one that is added are judged together', () => {
  const both = { checks: ['rate>0.9'], 'checks{phase:steady}': ['rate>0.5'] }
  expect(judged(both, ['steady'])).toEqual({ 'checks{phase:steady}': ['rate>0.9', 'rate>0.5'] })
})

test('what cannot be read is not narrowed, so that it is told as it was written', () => {
  const odd = { 'checks{': ['rate>0.9'], 'checks{a:b': ['rate>0.9'], checks: 'rate>0.9' } as never
  expect(judged(odd, ['steady'])).toEqual(odd)
})

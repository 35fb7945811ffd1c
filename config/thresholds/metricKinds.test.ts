import { expect, test } from 'vitest'
import { K6_METRICS, type MetricKind } from './metricKinds.ts'

test('k6’s own metrics are listed by their kind', () => {
  const of = (wanted: MetricKind) =>
    Object.entries(K6_METRICS).flatMap(([name, kind]) => (kind === wanted ? [name] : []))
  expect(of('rate')).toEqual(['checks', 'http_req_failed'])
  expect(of('gauge')).toEqual(['vus', 'vus_max'])
})

import { expect, test } from 'vitest'
import { executionsAMonth } from './usage.ts'

// The documentation's own examples, and what follows from its formula.
test.each([
  [1, '5m', 300_000, 30_000, 8640],
  [3, '1m', 60_000, 59_000, 129_600],
  [2, '5m, a minute exactly', 300_000, 60_000, 17_280],
  [2, '5m, over a minute', 300_000, 60_001, 34_560],
  [2, '1h', 3_600_000, 180_000, 4320],
  [1, '7m, which does not divide a month', 420_000, 5000, 6171],
])('%d probes every %s', (probes, _, frequency, timeout, executions) => {
  const cadence = { probes: Array.from({ length: probes }), frequency, timeout }
  expect(executionsAMonth({ ...cadence, enabled: true })).toBe(executions)
  expect(executionsAMonth({ ...cadence, enabled: false })).toBe(0)
})

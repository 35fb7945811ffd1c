import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeSummaries, thresholdsOf, type SummaryExport } from '../../k6/index.ts'
import { histogramOf, type Labels, type Pushed } from '../../prometheus/index.ts'
import { createStore, type Store } from '../../record/index.ts'
import { mergedThresholds } from './mergedThresholds.ts'

/** A Trend's figures as k6 writes them of every value (ms). */
function trend(values: readonly number[]): Record<string, number> {
  const sorted = values.toSorted((a, b) => a - b)
  const quantile = (q: number): number => {
    const at = (sorted.length - 1) * q
    const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0]
    return low + (high - low) * (at - Math.floor(at))
  }
  const sum = sorted.reduce((all, one) => all + one, 0)
  return {
    count: sorted.length,
    avg: sum / Math.max(1, sorted.length),
    min: sorted[0] ?? 0,
    med: quantile(0.5),
    max: sorted.at(-1) ?? 0,
    'p(95)': quantile(0.95),
    'p(100)': quantile(1),
  }
}

const pushed = (name: string, id: number, more: Partial<Pushed>, labels: Labels = {}): Pushed => ({
  name: `k6_${name}`,
  labels: { instance_id: String(id + 1), ...labels },
  samples: [],
  histograms: [],
  ...more,
})

/** What several k6 left that had these times (ms), each with as many requests. */
function ran(parts: readonly (readonly number[])[]): { store: Store; summaries: SummaryExport[] } {
  const store = createStore()
  parts.forEach((part, id) =>
    store.add([
      pushed('http_reqs_total', id, { samples: [{ at: 1000, value: part.length }] }),
      pushed('http_req_duration_seconds', id, {
        histograms: [{ at: 1000, value: histogramOf(part.map((ms) => ms / 1000)) }],
      }),
    ]),
  )
  const summaries = parts.map((part): SummaryExport => ({
    metrics: {
      http_reqs: { count: part.length, rate: part.length / 10 },
      http_req_duration: trend(part),
      'http_req_duration{step:pay}': trend(part),
    },
  }))
  return { store, summaries }
}

function judged(parts: readonly (readonly number[])[], thresholds: Record<string, string[]>) {
  const { store, summaries } = ran(parts)
  const merged = mergeSummaries(summaries)
  const { judged: whole, near } = mergedThresholds(store, { summaries, merged }, { thresholds, own: [] })
  return { results: thresholdsOf(whole, () => false), near }
}
const resultsOf = (parts: number[][], thresholds: Record<string, string[]>): string[] =>
  judged(parts, thresholds).results.map(({ result }) => result)

const range = (count: number, of: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, index) => of(index))

test('what holds in each instance may fail in the whole, and the other way round', () => {
  const fast = range(100, (index) => 100 + index)
  // 8 % of one instance are slow: its own p95 is, and that of both is not.
  const partlySlow = range(100, (index) => (index < 92 ? 100 + index : 2000))
  const limits = { http_reqs: ['count<150', 'rate<15'], http_req_duration: ['p(95)<500'] }
  expect(resultsOf([fast], limits)).toEqual(['pass', 'pass', 'pass'])
  expect(resultsOf([partlySlow], limits)).toEqual(['fail', 'pass', 'pass'])
  expect(resultsOf([fast, partlySlow], limits)).toEqual(['pass', 'fail', 'fail'])
})

test('a metric without samples is judged as by one k6', () => {
  const limits = {
    checks: ['rate>0.9'],
    iterations: ['count>0'],
    vus: ['value<1'],
    ws_connecting: ['p(95)<1'],
    'http_req_duration{step:gone}': ['avg<5', 'max<5'],
  }
  expect(judged([[1]], limits).results.map(({ metric, result }) => [metric, result])).toEqual([
    ['checks', 'no samples'],
    ['http_req_duration{step:gone}', 'no samples'],
    ['http_req_duration{step:gone}', 'no samples'],
    ['iterations', 'fail'],
    ['vus', 'no samples'],
    ['ws_connecting', 'no samples'],
  ])
})

test('a limit inside of what is known of a quantile is judged by interpolation, and told', () => {
  const [one, other] = [range(200, (index) => 480 + index / 10), range(200, (index) => 485 + index / 10)]
  const near = judged([one, other], { http_req_duration: ['p(95)<501', 'p(95)<505', 'p(95)<498'] }).near
  expect(near.map(({ threshold }) => threshold)).toEqual(['p(95)<501'])
  // One instance alone is exact.
  expect(judged([one], { http_req_duration: ['p(95)<498.9', 'p(95)<499'] })).toMatchObject({
    results: [{ result: 'fail' }, { result: 'pass' }],
    near: [],
  })
})

const WIDTH = 2 ** (1 / 8)
const times = fc.array(fc.double({ min: 0.1, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 60 })

test('for any division: counts, means and ends are those of the whole, quantiles within a bucket of it', () => {
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 4 }), (parts) => {
      const all = trend(parts.flat())
      const { results } = judged(parts, {
        http_reqs: ['count>0'],
        http_req_duration: ['avg>0', 'min>0', 'max>0', 'med>0', 'p(95)>0', 'p(100)>0'],
      })
      for (const { threshold, value = NaN } of results) {
        const name = threshold.replace('>0', '')
        const error = value / (all[name] ?? NaN)
        if (name === 'med' || name === 'p(95)')
          expect(Math.max(error, 1 / error)).toBeLessThanOrEqual(WIDTH * (1 + 1e-9))
        else expect(error).toBeCloseTo(1, 9)
      }
    }),
    { numRuns: 100 },
  )
})

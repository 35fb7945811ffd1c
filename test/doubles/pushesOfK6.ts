import fc from 'fast-check'
import { histogramOf, type Labels, type Pushed } from '../../cli/prometheus/index.ts'

/** A counter's push, by its name in Prometheus. */
export const counter = (name: string, value: number, at: number, labels: Labels = {}): Pushed => ({
  name,
  labels,
  samples: [{ at, value }],
  histograms: [],
})

/** A gauge's push; a stale marker where the value is NaN. */
export const gauge = counter

/** A Trend's push: all its values since the start (seconds, where its name says so). */
export const trend = (name: string, values: readonly number[], at: number, labels: Labels = {}): Pushed => ({
  name,
  labels,
  samples: [],
  histograms: [{ at, value: histogramOf(values) }],
})

/**
 * What one k6 after another pushes of a few series, each second, cumulative: for each k6 and second the increments. The
 * times are ms.
 */
export function pushesOf(lives: readonly (readonly number[])[], labels: Labels = {}): Pushed[][] {
  const pushes: Pushed[][] = []
  let at = 1_000_000
  for (const life of lives) {
    let count = 0
    const values: number[] = []
    for (const more of life) {
      at += 1000
      count += more
      for (let each = 0; each < more; each++) values.push(0.01 * (1 + ((count + each) % 9)))
      if (more === 0) continue
      pushes.push([
        counter('k6_iterations_total', count, at, labels),
        trend('k6_http_req_duration_seconds', values, at - 300, labels),
        gauge('k6_vus', more, at, labels),
      ])
    }
    at += 3000
  }
  return pushes
}

/** The lives of a k6 that is started again now and then: increments for each second. */
export const lives = fc.array(fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 25 }), {
  minLength: 1,
  maxLength: 4,
})

/** What came in all, whatever happened. */
export const inAll = (of: readonly (readonly number[])[]): number => of.flat().reduce((a, b) => a + b, 0)

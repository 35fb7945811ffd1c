import { decodeWrite, encodeWrite, histogramOf, type Pushed } from '../../cli/prometheus/index.ts'

/** A push such as k6 makes: counters, gauges and histograms of some series, at one moment. */
export function pushAt(at: number, series = 4, value = at % 1000): Buffer {
  return Buffer.from(
    encodeWrite(
      Array.from({ length: series }, (_, index): Pushed[] => [
        {
          name: 'k6_http_reqs_total',
          labels: { name: `request ${index}`, testid: 'a run' },
          samples: [{ at, value }],
          histograms: [],
        },
        {
          name: 'k6_http_req_duration_seconds',
          labels: { name: `request ${index}` },
          samples: [],
          histograms: [{ at, value: histogramOf([0.01, 0.3, 2 + value]) }],
        },
      ]).flat(),
    ),
  )
}

/** The points of a request in the order in which Prometheus looks at them. */
export function pointsOf(
  pushed: readonly Pushed[],
): { key: string; at: number; value: number; native: boolean }[] {
  return pushed.flatMap(({ name, labels, samples, histograms }) => {
    const key = `${name}${JSON.stringify(Object.entries(labels).sort())}`
    return [
      ...samples.map(({ at, value }) => ({ key, at, value, native: false })),
      ...histograms.map(({ at, value }) => ({ key, at, value: value.count, native: true })),
    ]
  })
}

/** What a server that took these pushes whole has, by series and time. */
export function expected(pushes: readonly Buffer[]): Map<string, Map<number, number>> {
  const all = new Map<string, Map<number, number>>()
  for (const { key, at, value } of pushes.flatMap((body) => pointsOf(decodeWrite(body))))
    all.set(key, (all.get(key) ?? new Map<number, number>()).set(at, value))
  return all
}

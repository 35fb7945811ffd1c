import { expect, test } from 'vitest'
import { aboutOf } from '../../cli/grafana/aboutOf.ts'
import { otel } from '../../cli/grafana/dialects/otel.ts'
import type { Question } from '../../cli/grafana/question.ts'
import { bundle, k6, shop } from '../engine/harness.ts'
import { prometheus } from '../engine/prometheus.ts'
import { startOtlp } from './otlp.ts'
import { fill } from './queries.ts'

test('k6’s OpenTelemetry output arrives in a Prometheus with the names that the otel dialect asks for', async () => {
  const [server, target, script] = await Promise.all([prometheus(), shop(), bundle()])
  const otlp = await startOtlp(server.url)
  const { code, out, err } = await k6(
    [
      'run',
      '--quiet',
      '--no-thresholds',
      '-e',
      `BASE_URL=${target}`,
      '-e',
      'DURATION=12s',
      '--tag',
      'testid=otel-1',
    ].concat('-o', 'opentelemetry', script),
    {
      env: {
        K6_OTEL_EXPORTER_PROTOCOL: 'http/protobuf',
        K6_OTEL_HTTP_EXPORTER_ENDPOINT: otlp.endpoint,
        K6_OTEL_HTTP_EXPORTER_INSECURE: 'true',
        K6_OTEL_EXPORT_INTERVAL: '1s',
        K6_OTEL_METRIC_PREFIX: 'k6_',
      },
    },
  )
  await otlp.close()
  expect({ code, said: code === 0 ? '' : out + err }).toEqual({ code: 0, said: '' })

  const names = new Set(
    (await server.query('count by (__name__) ({testid="otel-1"})')).map(({ metric }) => metric.__name__),
  )
  expect([...names]).toEqual(
    expect.arrayContaining([
      'k6_http_reqs_total',
      'k6_vus',
      'k6_data_sent_bytes_total',
      'k6_http_req_duration_milliseconds_bucket',
      'k6_http_req_duration_milliseconds_sum',
      'k6_http_req_duration_milliseconds_count',
      'k6_checks_total',
      'k6_checks_succeeded_total',
    ]),
  )

  const dialect = otel(aboutOf([]).metrics)
  const ask = async (question: Question): Promise<number> => {
    const filling = { variables: { testid: 'otel-1' }, range: 300, interval: 20 }
    const [first] = await server.query(fill(dialect.ask(question) ?? '', filling))
    return Number(first?.value?.[1])
  }
  const requests = await ask({ ask: 'total', metric: 'http_reqs', over: 'run' })
  expect(requests).toBeGreaterThan(10)
  expect(await ask({ ask: 'total', metric: 'data_sent', over: 'run' })).toBeGreaterThan(requests * 50)
  expect(await ask({ ask: 'share', metric: 'http_req_failed', over: 'run' })).toBe(0)
  expect(await ask({ ask: 'share', metric: 'checks', over: 'run' })).toBe(1)
  expect(await ask({ ask: 'level', metric: 'vus', over: 'run' })).toBe(3)
  // Seconds, not milliseconds; the embedded shop answers at once.
  const mean = await ask({ ask: 'mean', metric: 'http_req_duration', over: 'run' })
  expect(mean).toBeGreaterThan(0)
  expect(mean).toBeLessThan(1)
  expect(await ask({ ask: 'quantile', q: 0.5, metric: 'http_req_duration', over: 'run' })).toBeLessThan(1)
  // Rates are here the counters that they are not in remote write, and agree with loadwright's own.
  const [held] = await server.query('sum(k6_checks_total{condition="nonzero"})')
  expect(Number(held?.value?.[1])).toBe(await ask({ ask: 'total', metric: 'checks_succeeded', over: 'run' }))
})

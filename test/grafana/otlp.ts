import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { encodeWrite, type Pushed } from '../../cli/prometheus/index.ts'
import { decodeExport, type WireAttribute, type WireExport, type WireMetric } from './otlpMessages.ts'

/** A receiver of metrics over OTLP that hands them on to a Prometheus. */
export interface Otlp {
  /** For K6_OTEL_HTTP_EXPORTER_ENDPOINT: host and port. */
  endpoint: string
  /** Ends it when all is handed on; throws where the Prometheus did not take something. */
  close: () => Promise<void>
}

/**
 * Stands in for the OTLP receiver of a Prometheus 3: takes OTLP over HTTP (protobuf), names metrics as its default
 * translation does, and writes them to a Prometheus that has none, by remote write.
 */
export async function startOtlp(prometheusWriteUrl: string): Promise<Otlp> {
  const problems: string[] = []
  let written = Promise.resolve()
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then((body) => {
        const series = translate(decodeExport(body))
        written = written.then(() => write(prometheusWriteUrl, series))
        return written
      })
      .then(
        () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end(),
        (error: unknown) => {
          problems.push(String(error))
          written = Promise.resolve()
          response.writeHead(400).end()
        },
      )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await written
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      if (problems.length > 0) throw new Error(problems.join('\n'))
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
}

async function write(url: string, series: readonly Pushed[]): Promise<void> {
  const headers = { 'content-encoding': 'snappy', 'x-prometheus-remote-write-version': '0.1.0' }
  const body = new Uint8Array(encodeWrite(series))
  const answer = await fetch(url, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
}

/** Words of units, as the translation writes them behind a name. */
const UNITS: Readonly<Record<string, string>> = { ms: 'milliseconds', s: 'seconds', By: 'bytes' }

/** A metric's name in Prometheus: its words, its unit's, and `total` last where it only grows. */
export function translated(name: string, unit: string, isCounter: boolean): string {
  const words = name.split(/[^a-zA-Z0-9:]+/).filter(Boolean)
  const suffix = UNITS[unit]
  const withUnit = suffix === undefined || words.includes(suffix) ? words : [...words, suffix]
  return (isCounter ? [...withUnit.filter((word) => word !== 'total'), 'total'] : withUnit).join('_')
}

/** Series of Prometheus for what was exported; the resource's service as `job` and `instance`. */
export function translate({ resourceMetrics }: WireExport): Pushed[] {
  return resourceMetrics.flatMap(({ resource, scopeMetrics }) => {
    const of = labels(resource?.attributes ?? [])
    const service = {
      ...(of.service_name === undefined ? {} : { job: of.service_name }),
      ...(of.service_instance_id === undefined ? {} : { instance: of.service_instance_id }),
    }
    return scopeMetrics.flatMap(({ metrics }) => metrics.flatMap((metric) => seriesOf(metric, service)))
  })
}

const CUMULATIVE = 2

function seriesOf(metric: WireMetric, service: Record<string, string>): Pushed[] {
  const { gauge, sum, histogram } = metric
  const name = translated(metric.name, metric.unit, sum?.isMonotonic ?? false)
  if ((sum ?? histogram)?.aggregationTemporality === 1)
    throw new Error(`${metric.name} is not cumulative (${CUMULATIVE})`)
  const one = (
    end: string,
    attributes: readonly WireAttribute[],
    time: bigint,
    value: number,
    more = {},
  ) => ({
    name: name + end,
    labels: { ...service, ...labels(attributes), ...more },
    histograms: [],
    samples: [{ at: Number(time / 1_000_000n), value }],
  })
  return [
    ...[...(gauge?.dataPoints ?? []), ...(sum?.dataPoints ?? [])].map(({ attributes, time, value }) =>
      one('', attributes, time, value),
    ),
    ...(histogram?.dataPoints ?? []).flatMap(({ attributes, time, bounds, counts, ...point }) => {
      let under = 0
      return [
        ...[...bounds, Infinity].map((le, at) => {
          under += counts[at] ?? 0
          return one('_bucket', attributes, time, under, { le: le === Infinity ? '+Inf' : String(le) })
        }),
        one('_sum', attributes, time, point.sum),
        one('_count', attributes, time, point.count),
      ]
    }),
  ]
}

const labels = (attributes: readonly WireAttribute[]): Record<string, string> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key.replace(/\W/g, '_'), value]))

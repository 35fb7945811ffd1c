import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { outputsOf } from './outputs.ts'
import { readyOutputs, type ReadyOutputs } from './ready.ts'

/** A server on a free port until the test ends. */
async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const http = (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> =>
  listen(createServer(answer))

/** What is said of outputs, and what k6 is given. */
async function tried(
  given: readonly string[],
  env: NodeJS.ProcessEnv = {},
  required = false,
): Promise<ReadyOutputs & { lines: string[] }> {
  const lines: string[] = []
  const ready = await readyOutputs(outputsOf(given, [], env), {
    required,
    env,
    say: (line) => lines.push(line),
  })
  return { ...ready, lines }
}

const NOBODY = '127.0.0.1:1'

test('an InfluxDB that is not there is left out; required, it is refused', async () => {
  const url = `influxdb=http://me:hidden@${NOBODY}/k6`
  expect(await tried([url])).toEqual({
    args: [],
    env: {},
    lines: [`influxdb: http://${NOBODY}/k6 does not answer (ECONNREFUSED); left out of this run`],
  })
  await expect(tried([url], {}, true)).rejects.toThrow(
    `influxdb: http://${NOBODY}/k6 does not answer (ECONNREFUSED)`,
  )
})

test('an InfluxDB that is there is taken, its user goes into k6’s variables; no proxy and no UDP is tried', async () => {
  const there = await http(() => undefined)
  expect(await tried([`influxdb=http://me:p%40ss@${there}/load`])).toEqual({
    args: ['--out', `influxdb=http://${there}/load`],
    env: { K6_INFLUXDB_USERNAME: 'me', K6_INFLUXDB_PASSWORD: 'p@ss' },
    lines: [`influxdb: samples go to http://${there}/load, which is there; nothing was written yet`],
  })
  expect((await tried([`influxdb=https://${there}/load`])).lines.join()).toContain('speaks no TLS; left out')
  const unseen = await tried(['influxdb=udp://127.0.0.1:1'], {})
  expect(unseen.lines).toEqual(['influxdb: udp://127.0.0.1:1/k6 cannot be tried: UDP has no answer'])
  expect((await tried(['influxdb'], { K6_INFLUXDB_PROXY: 'http://x' })).lines).toEqual([
    'influxdb: http://localhost:8086/k6 (k6’s default) cannot be tried: K6_INFLUXDB_PROXY is before it',
  ])
})

test('a collector that is there is taken, and k6 gets the names of the dashboards', async () => {
  const collector = await http(() => undefined)
  const env = {
    K6_OTEL_EXPORTER_PROTOCOL: 'http/protobuf',
    K6_OTEL_HTTP_EXPORTER_ENDPOINT: collector,
    K6_OTEL_HTTP_EXPORTER_INSECURE: 'true',
  }
  const { args, env: more, lines } = await tried(['opentelemetry'], env)
  expect(args).toEqual(['--out', 'opentelemetry'])
  expect(more).toEqual({ K6_OTEL_METRIC_PREFIX: 'k6_', K6_OTEL_SERVICE_NAME: 'k6' })
  expect(lines).toEqual([
    `opentelemetry: metrics go to http://${collector}/v1/metrics, which is there, as k6_http_reqs …; nothing was exported yet`,
  ])
  const own = { ...env, K6_OTEL_METRIC_PREFIX: 'load_', OTEL_SERVICE_NAME: 'shop' }
  expect((await tried(['opentelemetry'], own)).env).toEqual({})
})

test('a collector on this machine without TLS is taken so, unless somebody said otherwise', async () => {
  const collector = await http((_, response) => response.end())
  const env = { K6_OTEL_EXPORTER_PROTOCOL: 'http/protobuf', K6_OTEL_HTTP_EXPORTER_ENDPOINT: collector }
  expect((await tried(['opentelemetry'], env)).env).toMatchObject({ K6_OTEL_HTTP_EXPORTER_INSECURE: 'true' })
  const { args, lines } = await tried(['opentelemetry'], { ...env, K6_OTEL_HTTP_EXPORTER_INSECURE: 'false' })
  expect(args).toEqual([])
  expect(lines).toEqual([
    `opentelemetry: https://${collector}/v1/metrics speaks no TLS: set K6_OTEL_HTTP_EXPORTER_INSECURE=true; left out of this run`,
  ])
})

test('a collector by gRPC without TLS on this machine is taken so, too; nobody is left out', async () => {
  const collector = await listen(createHttp2Server())
  const { env, lines } = await tried(['opentelemetry'], { K6_OTEL_GRPC_EXPORTER_ENDPOINT: collector })
  expect(env).toMatchObject({ K6_OTEL_GRPC_EXPORTER_INSECURE: 'true' })
  expect(lines.join()).toContain(`opentelemetry: metrics go to grpc ${collector} (no TLS), which is there`)
  const nobody = { K6_OTEL_GRPC_EXPORTER_ENDPOINT: NOBODY }
  expect((await tried(['opentelemetry'], nobody)).lines).toEqual([
    `opentelemetry: grpc ${NOBODY} (TLS) does not answer (ECONNREFUSED); left out of this run`,
  ])
})

test('the cloud needs a token', async () => {
  const env = { K6_CONFIG: '/nowhere/config.json' }
  const { args, lines } = await tried(['cloud'], env)
  expect(args).toEqual([])
  expect(lines.join()).toMatch(/^cloud: K6_CLOUD_TOKEN is not set: .*; left out of this run$/)
  const there = await tried(['cloud'], { ...env, K6_CLOUD_TOKEN: 'hidden', K6_CLOUD_PROJECT_ID: '7' })
  expect(there.args).toEqual(['--out', 'cloud'])
  expect(there.lines).toEqual([
    'cloud: samples go to Grafana Cloud k6, into project 7; its token is there, but was not tried',
  ])
})

test('k6’s dashboard needs its port, and is started once', async () => {
  const taken = (await http(() => undefined)).replace('127.0.0.1:', '')
  const env = { K6_WEB_DASHBOARD: 'true', K6_WEB_DASHBOARD_HOST: '127.0.0.1', K6_WEB_DASHBOARD_PORT: taken }
  expect(await tried([], env)).toEqual({
    args: [],
    env: { K6_WEB_DASHBOARD: 'false' },
    lines: [
      `web-dashboard (K6_WEB_DASHBOARD): port ${taken} is taken: set K6_WEB_DASHBOARD_PORT to another, or to 0 for any; left out of this run`,
    ],
  })
  expect(await tried(['web-dashboard=port=-1&export=x.html'], env)).toEqual({
    args: ['--out', 'web-dashboard=port=-1&export=x.html'],
    env: { K6_WEB_DASHBOARD: 'false' },
    lines: [
      'web-dashboard: serves nothing, and writes x.html; it is started once, though K6_WEB_DASHBOARD asks for it too',
    ],
  })
})

test('what is left out does not come back by K6_OUT', async () => {
  const { args, env, lines } = await tried([], { K6_OUT: `influxdb=http://${NOBODY}` })
  expect([args, env]).toEqual([[], { K6_OUT: '' }])
  expect(lines.join()).toContain('influxdb (K6_OUT): ')
})

test('files are said with what they cost', async () => {
  expect((await tried(['json=x.json', 'csv=x.csv.gz'])).lines).toMatchInlineSnapshot(`
    [
      "json: every sample goes to x.json (not compressed: a name that ends with .gz is), which costs k6 time",
      "csv: every sample goes to x.csv.gz (compressed), which costs k6 time",
    ]
  `)
})

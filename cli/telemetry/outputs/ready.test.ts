import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2'
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

test('an InfluxDB 2 is told from a wrong password', async () => {
  const two = await http(({ url }, response) => {
    response.setHeader('x-influxdb-version', 'v2.7.1')
    response.writeHead(url === '/ping' ? 204 : 401).end('{"code":"unauthorized"}')
  })
  const { args, lines } = await tried([`influxdb=http://${two}`])
  expect(args).toEqual([])
  expect(lines.join('\n').replace(two, 'HOST')).toMatchInlineSnapshot(
    `"influxdb: http://HOST/k6 is InfluxDB 2 or newer, which does not take what k6 writes (InfluxDB 1): make its 1.x-compatible API take it (a DBRP mapping, and a user), or use --out opentelemetry; left out of this run"`,
  )
})

test('an InfluxDB that says its version at /health alone is told, too', async () => {
  const two = await http(({ url }, response) => {
    if (url === '/health') response.end('{"name":"influxdb","version":"v2.7.1","status":"pass"}')
    else response.writeHead(url === '/ping' ? 204 : 404).end()
  })
  expect((await tried([`influxdb=http://${two}`])).lines.join()).toContain('is InfluxDB 2 or newer')
})

test('another server is not taken for an InfluxDB', async () => {
  const other = await http((_, response) => response.writeHead(404).end('<html>\nnot here</html>'))
  const odd = await http(({ url }, response) =>
    response.writeHead(url === '/ping' ? 200 : 500).end('<b>\noops</b>'),
  )
  const { lines } = await tried([`influxdb=http://${other}/a`, `influxdb=http://${odd}/b`])
  expect(lines.map((line) => line.replace(other, 'A').replace(odd, 'B'))).toMatchInlineSnapshot(`
    [
      "influxdb: http://A/a answers 404 to a ping: is this InfluxDB?; left out of this run",
      "influxdb: http://B/b answers 500 (<b> oops</b>): is this InfluxDB?; left out of this run",
    ]
  `)
})

test('a collector by HTTP gets an export of nothing with its headers, k6 the names of the dashboards', async () => {
  const seen: unknown[] = []
  const collector = await http(({ method, url, headers }, response) => {
    seen.push([method, url, headers['content-type'], headers['x-tenant'], headers['content-length']])
    response.end()
  })
  const env = {
    K6_OTEL_EXPORTER_PROTOCOL: 'http/protobuf',
    K6_OTEL_HTTP_EXPORTER_ENDPOINT: collector,
    K6_OTEL_HTTP_EXPORTER_INSECURE: 'true',
    K6_OTEL_HEADERS: 'X-Tenant=a%2Cb',
  }
  const { args, env: more, lines } = await tried(['opentelemetry'], env)
  expect(seen).toEqual([['POST', '/v1/metrics', 'application/x-protobuf', 'a,b', '0']])
  expect(args).toEqual(['--out', 'opentelemetry'])
  expect(more).toEqual({ K6_OTEL_METRIC_PREFIX: 'k6_', K6_OTEL_SERVICE_NAME: 'k6' })
  expect(lines).toEqual([
    `opentelemetry: http://${collector}/v1/metrics took an empty export; metrics are called k6_http_reqs …`,
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

test('what a collector refuses is said with what to do, without its headers', async () => {
  for (const [status, advice] of [
    [401, 'what opens it goes into K6_OTEL_HEADERS'],
    [404, 'K6_OTEL_HTTP_EXPORTER_URL_PATH is the path'],
    [503, 'answers 503 (no … here); left out'],
  ] as const) {
    const collector = await http((_, response) => response.writeHead(status).end('no hidden here'))
    const env = {
      K6_OTEL_EXPORTER_PROTOCOL: 'http/protobuf',
      K6_OTEL_HTTP_EXPORTER_ENDPOINT: collector,
      K6_OTEL_HTTP_EXPORTER_INSECURE: 'true',
      K6_OTEL_HEADERS: 'authorization=hidden',
    }
    const { lines } = await tried(['opentelemetry'], env)
    expect(lines.join()).toContain(advice)
    expect(lines.join()).not.toContain('hidden')
  }
})

/** A server of gRPC without TLS. */
const grpc = (status: string, seen: unknown[] = []): Promise<string> => {
  const server = createHttp2Server()
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    seen.push([headers[':path'], headers['content-type']])
    stream.on('data', (chunk: Buffer) => seen.push(chunk.toString('hex')))
    stream.on('end', () => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
      stream.on('wantTrailers', () =>
        stream.sendTrailers({ 'grpc-status': status, 'grpc-message': 'so it is' }),
      )
      stream.end()
    })
  })
  return listen(server)
}

test('a collector by gRPC gets an export of nothing; without TLS on this machine, too', async () => {
  const seen: unknown[] = []
  const collector = await grpc('0', seen)
  const { env, lines } = await tried(['opentelemetry'], { K6_OTEL_GRPC_EXPORTER_ENDPOINT: collector })
  expect(seen).toEqual([
    ['/opentelemetry.proto.collector.metrics.v1.MetricsService/Export', 'application/grpc'],
    '0000000000',
  ])
  expect(env).toMatchObject({ K6_OTEL_GRPC_EXPORTER_INSECURE: 'true' })
  expect(lines.join()).toContain(`opentelemetry: grpc ${collector} (no TLS) took an empty export`)
})

test('what a collector by gRPC refuses is said; another server is not one', async () => {
  const insecure = { K6_OTEL_GRPC_EXPORTER_INSECURE: 'true' }
  const closed = { K6_OTEL_GRPC_EXPORTER_ENDPOINT: await grpc('16'), ...insecure }
  expect((await tried(['opentelemetry'], closed)).lines.join()).toContain(
    'answers with gRPC status 16 (so it is): what opens it goes into K6_OTEL_HEADERS',
  )
  const other = {
    K6_OTEL_GRPC_EXPORTER_ENDPOINT: await http((_, response) => response.end('hello')),
    ...insecure,
  }
  expect((await tried(['opentelemetry'], other)).args).toEqual([])
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

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { outputsOf, withoutOutputs } from './outputs.ts'
import { argumentsOf } from './ready.ts'

const refusalOf = (
  given: readonly string[],
  env: NodeJS.ProcessEnv = {},
  more: readonly string[] = [],
): string => {
  try {
    outputsOf(given, more, env)
    return 'taken'
  } catch (error) {
    return (error as Error).message
  }
}

const args = (...how: Parameters<typeof outputsOf>): string => argumentsOf(outputsOf(...how)).join(' ')

test('outputs come from the flag and from k6’s arguments, each once', () => {
  const url = 'influxdb=http://127.0.0.1:8086/k6'
  expect(args([url, 'experimental-opentelemetry'], ['-u', '5', '-o', 'web-dashboard', '-o', url], {})).toBe(
    `--out ${url} --out opentelemetry --out web-dashboard`,
  )
  expect(withoutOutputs(['-u', '5', '-o', 'web-dashboard', `--out=${url}`])).toEqual(['-u', '5'])
})

test('k6’s variables count as with k6: K6_OUT where there is no flag, the dashboard always, and once', () => {
  const env = { K6_OUT: 'cloud,experimental-prometheus-rw', K6_WEB_DASHBOARD: 'true' }
  expect(args([], [], env)).toBe('--out cloud --out web-dashboard')
  expect(args(['opentelemetry'], [], env)).toBe('--out opentelemetry --out web-dashboard')
  expect(args(['web-dashboard=port=-1'], [], env)).toBe('--out web-dashboard=port=-1')
})

test('of several InfluxDBs none has a user in its URL: others would see it among k6’s arguments', () => {
  const [one, other] = ['influxdb=http://me:s3cret@127.0.0.1:1/a', 'influxdb=http://127.0.0.1:2/b']
  expect(refusalOf([one])).toBe('taken')
  const refusal = refusalOf([one, other])
  expect(refusal).toMatch(/--out influxdb: got a user in one of several URLs.*K6_INFLUXDB_USERNAME/s)
  expect(refusal).not.toContain('s3cret')
})

test('every problem at once, and no password', () => {
  const given = [
    ...[
      'experimental-prometheus-rw',
      'kafka',
      'influxdbb=http://x',
      'nothing',
      'json',
      'csv=colour=red',
      'json=/',
    ],
    ...[
      'json=nowhere/x.json',
      'influxdb=http://me:pass@word@host/a/b?token=hidden',
      'influxdb=localhost:8086/k6',
    ],
    ...['opentelemetry=http://127.0.0.1:4318', 'web-dashboard=port=many'],
  ]
  const env = {
    K6_OTEL_EXPORTER_PROTOCOL: 'http',
    K6_OTEL_TLS_CERTIFICATE: 'no.pem',
  }
  const text = refusalOf(given, env).replaceAll(process.cwd(), '…')
  expect(text).not.toMatch(/pass|word|hidden/)
  expect(text).toMatchInlineSnapshot(`
    "16 problems:
      - --out: got experimental-prometheus-rw; allowed: cloud, csv, influxdb, json, opentelemetry, web-dashboard. Use --remote-write URL: a run’s own recorder is this output, and sends it on.
      - --out: got kafka, which k6 has no more; allowed: cloud, csv, influxdb, json, opentelemetry, web-dashboard. Build k6 with xk6-output-kafka (--out xk6-kafka=…), and name it in K6_BIN.
      - --out: got "influxdbb"; allowed: cloud, csv, influxdb, json, opentelemetry, web-dashboard. Did you mean "influxdb"?
      - --out: got "nothing"; allowed: cloud, csv, influxdb, json, opentelemetry, web-dashboard. An extension’s output needs a k6 that has it: name it in K6_BIN.
      - --out json: got no file; allowed: a file, such as json=results/samples.json.gz: what a run says goes to standard output
      - --out csv: got "colour=red"; allowed: fileName, saveInterval, timeFormat, each with a value
      - --out json: got "/"; allowed: a file that can be written. It is a folder: add a name to it.
      - --out json: got "nowhere/x.json"; allowed: a file that can be written. There is no folder …/nowhere: make it.
      - --out influxdb: got the path "/a/b"; allowed: the URL of a server and its database, such as http://127.0.0.1:8086/k6. k6 takes no path before the database.
      - --out influxdb: got the parameter "token"; allowed: insecure, payload_size, precision, retention, consistency, pushInterval, concurrentWrites, tagsAsFields. Set K6_INFLUXDB_USERNAME and K6_INFLUXDB_PASSWORD to what opens it.
      - --out influxdb: got "localhost:8086/k6"; allowed: the URL of a server and its database, such as http://127.0.0.1:8086/k6
      - K6_OTEL_EXPORTER_PROTOCOL: got "http"; allowed: grpc, http/protobuf
      - --out opentelemetry: got an argument; allowed: none: k6 does not read it. Set K6_OTEL_EXPORTER_PROTOCOL and K6_OTEL_HTTP_EXPORTER_ENDPOINT or K6_OTEL_GRPC_EXPORTER_ENDPOINT.
      - K6_OTEL_TLS_CERTIFICATE: got "no.pem", which cannot be read (ENOENT); allowed: the path of a PEM file
      - --out web-dashboard: got "many"; allowed: a port, 0 for a free one, -1 for none
      - --out influxdb: got a user in one of several URLs; allowed: one influxdb with a user, or several without. Leave it out: K6_INFLUXDB_USERNAME and K6_INFLUXDB_PASSWORD are for all of them."
  `)
})

test('an endpoint of a collector is host and port', () => {
  const endpoint = { K6_OTEL_GRPC_EXPORTER_ENDPOINT: 'http://me:hidden@collector:4317' }
  expect(refusalOf(['opentelemetry'], endpoint)).toMatchInlineSnapshot(`
    "1 problem:
      - K6_OTEL_GRPC_EXPORTER_ENDPOINT: got "http://…@collector:4317"; allowed: host:port, such as localhost:4317. Leave out what is before the host and after the port; K6_OTEL_GRPC_EXPORTER_INSECURE=true says http."
  `)
})

test('an output that loadwright does not know may be one of somebody’s own k6', () => {
  expect(args(['sqlite=x.db'], [], { K6_BIN: '/opt/k6' })).toBe('--out sqlite=x.db')
  expect(refusalOf(['kafka'], { K6_BIN: '/opt/k6' })).toContain('kafka, which k6 has no more')
})

test('a file for each output', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadwright-outputs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'x.gz')
  expect(refusalOf([`json=${file}`])).toBe('taken')
  expect(refusalOf([`json=${file}`, `csv=fileName=${file}`])).toContain(
    `${file} twice; allowed: a file for each output`,
  )
})

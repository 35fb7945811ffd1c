import { expect, test } from 'vitest'
import { collectorOf } from './collector.ts'

const url = (given: string | boolean, env = {}) => collectorOf(given, env)?.url

test.each([
  ['http://127.0.0.1:4318', 'http://127.0.0.1:4318/v1/traces'],
  ['http://127.0.0.1:4318/', 'http://127.0.0.1:4318/v1/traces'],
  ['https://otlp.example.com/otlp/v1/traces', 'https://otlp.example.com/otlp/v1/traces'],
  ['http://jaeger:4318/?tenant=a#x', 'http://jaeger:4318/v1/traces?tenant=a'],
])('%s is posted to %s', (given, expected) => {
  expect(url(given)).toBe(expected)
})

test('without the flag nothing is exported, whatever the environment says', () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }
  expect([collectorOf(undefined, env), collectorOf(false, env)]).toEqual([undefined, undefined])
})

test('without a URL the variables of OpenTelemetry name the collector, else it is the usual one', () => {
  expect(url(true)).toBe('http://localhost:4318/v1/traces')
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example.com/otlp/' }
  expect(url(true, env)).toBe('https://c.example.com/otlp/v1/traces')
  const own = { ...env, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://t.example.com/here' }
  expect(url(true, own)).toBe('https://t.example.com/here')
})

test('headers come from the environment, percent-encoded; those of traces alone win', () => {
  const env = { OTEL_EXPORTER_OTLP_HEADERS: ' authorization = Bearer%20a%2Cb , x-scope-orgid=k6,' }
  expect(collectorOf('http://c', env)?.headers).toEqual({
    authorization: 'Bearer a,b',
    'x-scope-orgid': 'k6',
  })
  const own = { ...env, OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-key=1' }
  expect(collectorOf('http://c', own)?.headers).toEqual({ 'x-key': '1' })
})

test('says every problem at once, and repeats no secret', () => {
  const refused = (given: string | boolean, env = {}): string => {
    try {
      return collectorOf(given, env)?.url ?? ''
    } catch (error) {
      return (error as Error).message
    }
  }
  expect(refused('tempo:4318')).toBe(
    '1 problem:\n  - --traces: got "tempo:4318"; allowed: an http or https URL such as http://localhost:4318 (its path /v1/traces is added)',
  )
  const text = refused('http://me:geheim@tempo:4318', { OTEL_EXPORTER_OTLP_HEADERS: 'a=b,geheim,c=%E0%A4%A' })
  expect(text.split('\n').slice(1)).toEqual([
    expect.stringContaining('--traces: got a URL of tempo:4318 with a user or a password in it'),
    expect.stringContaining(
      'OTEL_EXPORTER_OTLP_HEADERS: got what is no header in its entry 2; allowed: name=value',
    ),
    expect.stringContaining('entry 3'),
  ])
  expect(text).not.toContain('geheim')
})

test.each(['http://ada:lovelace@c:4318', 'http://c:4318/?api_key=lovelace'])(
  'a secret in the URL is refused, and not repeated: %s',
  (given) => {
    expect(() => url(given)).toThrow(/Put (it|them) into a header: OTEL_EXPORTER_OTLP_HEADERS\.$/)
    expect(() => url(given)).not.toThrow(/lovelace/)
  },
)

import { connect } from 'node:http2'
import { isLoopback } from '../../../config/url.ts'
import { envValue } from '../../base/index.ts'
import { redactLine, secretWords } from '../../base/http/index.ts'
import { ask, silenceFor, type Silence } from './ask.ts'
import { collectorOf, otelDefaults, type Collector } from './opentelemetry.ts'
import type { Found, Output, Trial } from './output.ts'

/** The method of gRPC that takes metrics (opentelemetry-proto, `MetricsService`). */
const EXPORT = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export'

/** A message of gRPC without a byte: an export of nothing is a valid one. */
const NOTHING = Buffer.from([0, 0, 0, 0, 0])

/** What came of an export: taken, refused in words, or no answer. */
type Exported = { readonly taken: true } | { readonly refused: string } | Silence

/**
 * Exports nothing, by the protocol that k6 will use. A collector on this machine that speaks no TLS is taken so, where
 * nobody said otherwise.
 */
export async function tryCollector(output: Output, { env, signal }: Trial): Promise<Found> {
  const { collector } = collectorOf(output, env)
  const defaults = otelDefaults(env)
  const prefix = envValue(env, 'K6_OTEL_METRIC_PREFIX') ?? defaults.K6_OTEL_METRIC_PREFIX ?? ''
  const { endpoint, insecureVariable, secure, decided } = collector
  const ready = (of: Collector, more: Record<string, string> = {}): Found => ({
    is: 'ready',
    told: `${placeOf(of)} took an empty export; metrics are called ${prefix}http_reqs …`,
    env: { ...defaults, ...more },
  })
  const first = await exportNothing(collector, signal)
  if ('taken' in first) return ready(collector)
  const why = 'refused' in first ? first.refused : first.silence
  const plain = secure && 'plain' in first
  if (plain && !decided && isLoopback(endpoint.replace(/:\d+$/, '').replace(/[[\]]/g, ''))) {
    const open = { ...collector, secure: false }
    const second = await exportNothing(open, signal)
    if ('taken' in second) return ready(open, { [insecureVariable]: 'true' })
    return { is: 'not', why: `${placeOf(open)} ${'refused' in second ? second.refused : second.silence}` }
  }
  const fix = plain ? `: set ${insecureVariable}=true` : ''
  return { is: 'not', why: `${placeOf(collector)} ${why}${fix}` }
}

const placeOf = ({ protocol, endpoint, path, secure }: Collector): string =>
  protocol === 'grpc'
    ? `grpc ${endpoint} (${secure ? 'TLS' : 'no TLS'})`
    : `http${secure ? 's' : ''}://${endpoint}${path}`

const exportNothing = (collector: Collector, signal: AbortSignal): Promise<Exported> =>
  collector.protocol === 'grpc' ? byGrpc(collector, signal) : byHttp(collector, signal)

async function byHttp(
  { endpoint, path, secure, headers, tls }: Collector,
  signal: AbortSignal,
): Promise<Exported> {
  const answer = await ask(`http${secure ? 's' : ''}://${endpoint}${path}`, {
    method: 'POST',
    body: '',
    tls,
    signal,
    headers: { ...headers, 'content-type': 'application/x-protobuf' },
  })
  if ('silence' in answer) return answer
  const { status, text } = answer
  if (status < 300) return { taken: true }
  const why = redactLine(text, secretWords(Object.values(headers)))
  // A collector may say why in protobuf.
  const answers = `answers ${status}${/[\p{Cc}\uFFFD]/u.test(text.trim()) || why === '' ? '' : ` (${why})`}`
  if (status === 401 || status === 403) return { refused: `${answers}: ${OPENS}` }
  if (status === 404 || status === 405)
    return { refused: `${answers}: K6_OTEL_HTTP_EXPORTER_URL_PATH is the path that takes metrics` }
  return { refused: answers }
}

const OPENS = 'what opens it goes into K6_OTEL_HEADERS, name=value'

/** gRPC's statuses that have an advice of their own. */
const ADVICE: Readonly<Record<string, string>> = { 7: OPENS, 12: 'it takes no metrics', 16: OPENS }

function byGrpc({ endpoint, secure, headers, tls }: Collector, signal: AbortSignal): Promise<Exported> {
  return new Promise((resolve) => {
    const session = connect(`http${secure ? 's' : ''}://${endpoint}`, secure ? tls : {})
    const end = (exported: Exported): void => {
      signal.removeEventListener('abort', stop)
      session.destroy()
      resolve(exported)
    }
    const fail = (failure: Error): void => {
      // A stream only says that it was cancelled; its cause is the connection's.
      const error = failure.cause instanceof Error ? failure.cause : failure
      const silence = silenceFor(error, signal)
      // A server of gRPC without TLS breaks off what it does not understand.
      const broken =
        secure &&
        /ECONNRESET|EPIPE|disconnected before/.test(
          `${(error as NodeJS.ErrnoException).code} ${error.message}`,
        )
      end(broken ? { silence: 'speaks no TLS', plain: true } : silence)
    }
    const stop = (): void => fail(new Error('aborted'))
    signal.addEventListener('abort', stop)
    session.on('error', fail)
    session.on('close', () => end({ silence: 'breaks off' }))
    const stream = session.request({
      ...headers,
      ':method': 'POST',
      ':path': EXPORT,
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    const statuses: { http?: unknown; grpc?: unknown; said?: unknown } = {}
    const read = (of: Record<string, unknown>): void => {
      statuses.http ??= of[':status']
      statuses.grpc ??= of['grpc-status']
      statuses.said ??= of['grpc-message']
    }
    stream.on('response', read)
    stream.on('trailers', read)
    stream.on('error', fail)
    stream.on('end', () => end(meaningOf(statuses, headers)))
    stream.resume()
    stream.end(NOTHING)
  })
}

function meaningOf(
  { http, grpc, said: words }: { http?: unknown; grpc?: unknown; said?: unknown },
  headers: Readonly<Record<string, string>>,
): Exported {
  if (grpc === '0') return { taken: true }
  if (typeof grpc !== 'string')
    return { refused: `answers ${String(http)} without a status of gRPC: is it OTLP/gRPC?` }
  const text = typeof words === 'string' ? redactLine(words, secretWords(Object.values(headers))) : ''
  const advice = ADVICE[grpc]
  return { refused: `answers with gRPC status ${grpc}${text && ` (${text})`}${advice ? `: ${advice}` : ''}` }
}

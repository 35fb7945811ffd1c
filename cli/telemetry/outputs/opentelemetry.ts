import type { SecureContextOptions } from 'node:tls'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { envValue } from '../../base/index.ts'
import { readPem } from '../../base/http/index.ts'
import { OTEL_PREFIX } from '../../grafana/index.ts'
import type { Output } from './output.ts'

/** Where k6's OpenTelemetry output sends, as k6 and its SDK read it. */
export interface Collector {
  readonly protocol: 'grpc' | 'http/protobuf'
  /** `host:port`. */
  readonly endpoint: string
  readonly path: string
  readonly secure: boolean
  /** The variable that says without TLS, and whether it is set. */
  readonly insecureVariable: string
  readonly decided: boolean
  readonly headers: Readonly<Record<string, string>>
  readonly tls: SecureContextOptions & { readonly rejectUnauthorized: boolean }
}

const PREFIX = 'K6_OTEL_'

/** What k6 is given besides: the names that dashboards ask for. */
export function otelDefaults(env: NodeJS.ProcessEnv): Record<string, string> {
  return {
    ...(env[`${PREFIX}METRIC_PREFIX`] === undefined ? { [`${PREFIX}METRIC_PREFIX`]: OTEL_PREFIX } : {}),
    ...(envValue(env, `${PREFIX}SERVICE_NAME`) === undefined &&
    envValue(env, 'OTEL_SERVICE_NAME') === undefined
      ? { [`${PREFIX}SERVICE_NAME`]: 'k6' }
      : {}),
  }
}

/**
 * The collector of k6's variables (its `internal/output/opentelemetry/config.go`), and of the SDK's own where k6 leaves
 * them alone: headers, and whether there is TLS. Problems name a variable, never a secret.
 */
export function collectorOf(
  { argument, where }: Output,
  env: NodeJS.ProcessEnv,
): { collector: Collector; problems: Problem[] } {
  const get = (name: string): string | undefined => envValue(env, PREFIX + name)
  const problems: Problem[] = []
  const protocol = get('EXPORTER_PROTOCOL') ?? 'grpc'
  if (protocol !== 'grpc' && protocol !== 'http/protobuf')
    problems.push({
      where: `${PREFIX}EXPORTER_PROTOCOL`,
      got: quote(protocol),
      allowed: 'grpc, http/protobuf',
    })
  const [kind, port] = protocol === 'grpc' ? ['GRPC', 4317] : ['HTTP', 4318]
  if (argument !== '')
    problems.push({
      where: `${where} opentelemetry`,
      got: 'an argument',
      allowed: 'none: k6 does not read it',
      fix: `Set ${PREFIX}EXPORTER_PROTOCOL and ${PREFIX}HTTP_EXPORTER_ENDPOINT or ${PREFIX}GRPC_EXPORTER_ENDPOINT.`,
    })
  const variable = `${PREFIX}${kind}_EXPORTER_ENDPOINT`
  const endpoint = envValue(env, variable) ?? `localhost:${port}`
  if (/:\/\/|\//.test(endpoint) || endpoint.includes('@'))
    problems.push({
      where: variable,
      got: quote(endpoint.replace(/[^/@]*@/, '…@')),
      allowed: `host:port, such as localhost:${port}`,
      fix: `Leave out what is before the host and after the port; ${PREFIX}${kind}_EXPORTER_INSECURE=true says http.`,
    })
  const insecureVariable = `${PREFIX}${kind}_EXPORTER_INSECURE`
  const insecure = envValue(env, insecureVariable)
  const tls = tlsOf(env, problems)
  const collector: Collector = {
    protocol: protocol === 'grpc' ? 'grpc' : 'http/protobuf',
    endpoint,
    path: get('HTTP_EXPORTER_URL_PATH') ?? '/v1/metrics',
    secure: insecure !== 'true' && !insecureBySdk(env),
    insecureVariable,
    decided: insecure !== undefined,
    headers: headersOf(env, problems),
    tls,
  }
  return { collector, problems }
}

/** The SDK under k6 takes `http:` in its own endpoint for "no TLS", though k6 gives it another endpoint. */
function insecureBySdk(env: NodeJS.ProcessEnv): boolean {
  const own = (name: string): string | undefined =>
    envValue(env, `OTEL_EXPORTER_OTLP_METRICS_${name}`) ?? envValue(env, `OTEL_EXPORTER_OTLP_${name}`)
  return own('INSECURE')?.toLowerCase() === 'true' || /^http:/i.test(own('ENDPOINT') ?? '')
}

function headersOf(env: NodeJS.ProcessEnv, problems: Problem[]): Record<string, string> {
  const name = [`${PREFIX}HEADERS`, 'OTEL_EXPORTER_OTLP_METRICS_HEADERS', 'OTEL_EXPORTER_OTLP_HEADERS'].find(
    (variable) => envValue(env, variable) !== undefined,
  )
  const headers: Record<string, string> = {}
  for (const [index, pair] of (name === undefined ? '' : (envValue(env, name) ?? '')).split(',').entries()) {
    if (name === undefined || pair.trim() === '') continue
    const [, key, value] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(pair) ?? []
    try {
      if (key === undefined || value === undefined) throw new TypeError('no header')
      headers[decodeURIComponent(key).toLowerCase()] = decodeURIComponent(value.trim())
    } catch {
      const got = `what is no header in its entry ${index + 1}`
      problems.push({
        where: name,
        got,
        allowed: 'name=value,name=value',
        fix: 'Write commas in a value as %2C.',
      })
    }
  }
  const user = envValue(env, `${PREFIX}HTTP_EXPORTER_USERNAME`)
  if (user === undefined) return headers
  const password = env[`${PREFIX}HTTP_EXPORTER_PASSWORD`] ?? ''
  return { ...headers, authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}

function tlsOf(env: NodeJS.ProcessEnv, problems: Problem[]): Collector['tls'] {
  const [ca, cert, key] = ['TLS_CERTIFICATE', 'TLS_CLIENT_CERTIFICATE', 'TLS_CLIENT_KEY'].map((name) =>
    readPem(env, PREFIX + name, problems),
  )
  return {
    rejectUnauthorized: envValue(env, `${PREFIX}TLS_INSECURE_SKIP_VERIFY`) !== 'true',
    ...(ca ? { ca } : {}),
    ...(cert && key ? { cert, key } : {}),
  }
}

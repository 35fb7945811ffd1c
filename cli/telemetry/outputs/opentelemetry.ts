import { quote, type Problem } from '../../../config/problem/problem.ts'
import { isLoopback } from '../../../config/url.ts'
import { readPem } from '../../base/http/index.ts'
import { envValue } from '../../base/index.ts'
import { OTEL_PREFIX } from '../../grafana/index.ts'
import type { OutputFound, Output, Trial } from './output.ts'
import { unreached } from './reach.ts'

const PREFIX = 'K6_OTEL_'

/**
 * Looks whether the collector is there that k6 exports to. One on this machine that speaks no TLS is taken so, where
 * nobody said otherwise.
 */
export async function tryCollector({ env, signal }: Trial): Promise<OutputFound> {
  const { protocol, kind, endpoint, path, secure, decided } = collectorOf(env)
  const defaults = otelDefaults(env)
  const prefix = envValue(env, `${PREFIX}METRIC_PREFIX`) ?? defaults[`${PREFIX}METRIC_PREFIX`] ?? ''
  const ready = (isSecure: boolean, more: Record<string, string> = {}): OutputFound => ({
    is: 'ready',
    told: `metrics go to ${place(isSecure)}, which is there, as ${prefix}http_reqs …; nothing was exported yet`,
    env: { ...defaults, ...more },
  })
  const place = (isSecure: boolean): string =>
    protocol === 'grpc'
      ? `grpc ${endpoint} (${isSecure ? 'TLS' : 'no TLS'})`
      : `http${isSecure ? 's' : ''}://${endpoint}${path}`
  const origin = `http${secure ? 's' : ''}://${endpoint}`
  const trouble = await unreached({ origin, secure }, signal)
  if (!trouble) return ready(secure)
  const insecure = `${PREFIX}${kind}_EXPORTER_INSECURE`
  if (trouble.plain && !decided && isLoopback(new URL(origin).hostname.replace(/[[\]]/g, '')))
    return ready(false, { [insecure]: 'true' })
  const fix = trouble.plain ? `: set ${insecure}=true` : ''
  return { is: 'not', why: `${place(secure)} ${trouble.why}${fix}` }
}

/** What k6 is given besides: the names that dashboards ask for. */
function otelDefaults(env: NodeJS.ProcessEnv): Record<string, string> {
  return {
    ...(env[`${PREFIX}METRIC_PREFIX`] === undefined ? { [`${PREFIX}METRIC_PREFIX`]: OTEL_PREFIX } : {}),
    ...(envValue(env, `${PREFIX}SERVICE_NAME`) === undefined &&
    envValue(env, 'OTEL_SERVICE_NAME') === undefined
      ? { [`${PREFIX}SERVICE_NAME`]: 'k6' }
      : {}),
  }
}

/** Where k6's OpenTelemetry output sends, as k6 (its `internal/output/opentelemetry/config.go`) and its SDK read it. */
function collectorOf(env: NodeJS.ProcessEnv) {
  const protocol = envValue(env, `${PREFIX}EXPORTER_PROTOCOL`) ?? 'grpc'
  const [kind, port] = protocol === 'grpc' ? ['GRPC', 4317] : ['HTTP', 4318]
  const insecure = envValue(env, `${PREFIX}${kind}_EXPORTER_INSECURE`)
  return {
    protocol,
    kind,
    port,
    /** `host:port`. */
    endpoint: envValue(env, `${PREFIX}${kind}_EXPORTER_ENDPOINT`) ?? `localhost:${port}`,
    path: envValue(env, `${PREFIX}HTTP_EXPORTER_URL_PATH`) ?? '/v1/metrics',
    secure: insecure !== 'true' && !insecureBySdk(env),
    /** Somebody said whether there is TLS. */
    decided: insecure !== undefined,
  }
}

/** The SDK under k6 takes `http:` in its own endpoint for "no TLS", though k6 gives it another endpoint. */
function insecureBySdk(env: NodeJS.ProcessEnv): boolean {
  const own = (name: string): string | undefined =>
    envValue(env, `OTEL_EXPORTER_OTLP_METRICS_${name}`) ?? envValue(env, `OTEL_EXPORTER_OTLP_${name}`)
  return own('INSECURE')?.toLowerCase() === 'true' || /^http:/i.test(own('ENDPOINT') ?? '')
}

/** What is wrong with the argument, and with k6's variables; problems name a variable, never a secret. */
export function otelProblems({ argument, where }: Output, env: NodeJS.ProcessEnv): Problem[] {
  const { protocol, kind, port, endpoint } = collectorOf(env)
  const problems: Problem[] = []
  if (protocol !== 'grpc' && protocol !== 'http/protobuf')
    problems.push({
      where: `${PREFIX}EXPORTER_PROTOCOL`,
      got: quote(protocol),
      allowed: 'grpc, http/protobuf',
    })
  if (argument !== '')
    problems.push({
      where: `${where} opentelemetry`,
      got: 'an argument',
      allowed: 'none: k6 does not read it',
      fix: `Set ${PREFIX}EXPORTER_PROTOCOL and ${PREFIX}HTTP_EXPORTER_ENDPOINT or ${PREFIX}GRPC_EXPORTER_ENDPOINT.`,
    })
  if (/[/@]/.test(endpoint) || !URL.canParse(`http://${endpoint}`))
    problems.push({
      where: `${PREFIX}${kind}_EXPORTER_ENDPOINT`,
      got: quote(endpoint.replace(/[^/@]*@/, '…@')),
      allowed: `host:port, such as localhost:${port}`,
      fix: `Leave out what is before the host and after the port; ${PREFIX}${kind}_EXPORTER_INSECURE=true says http.`,
    })
  for (const name of ['TLS_CERTIFICATE', 'TLS_CLIENT_CERTIFICATE', 'TLS_CLIENT_KEY'])
    readPem(env, PREFIX + name, problems)
  return problems
}

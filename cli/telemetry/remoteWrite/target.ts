import type { SecureContextOptions } from 'node:tls'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { refuse, envValue, serverUrlProblems } from '../../base/index.ts'
import { readPem } from '../../base/http/index.ts'
import { PREFIX } from '../../k6/index.ts'
import { headersOf } from './headers.ts'

/** Where samples are written to. */
export interface Target {
  /** Without a user and a password: what is shown, recorded and remembered. */
  readonly url: string
  /** What opens it: never written anywhere. */
  readonly access: Access
}

/** Secrets, from the environment alone. */
export interface Access {
  readonly headers: Readonly<Record<string, string>>
  readonly tls: SecureContextOptions & { readonly rejectUnauthorized: boolean }
  /** Texts that nothing that is said may hold. */
  readonly secrets: readonly string[]
}

/** k6's own variable for the URL: the setting of `--remote-write`. */
export const URL_VARIABLE = `${PREFIX}SERVER_URL`

/** Where Prometheus takes writes: the path of a URL that has none. */
export const DEFAULT_PATH = '/api/v1/write'

/**
 * Where `--remote-write URL`, or else k6's own variable, says that samples go; undefined for neither and for `off`.
 * Throws UserError with every problem of the URL and of the variables.
 */
export function targetOf({ url, env }: { url?: string; env: NodeJS.ProcessEnv }): Target | undefined {
  const where = url === undefined ? URL_VARIABLE : '--remote-write'
  const text = (url ?? env[URL_VARIABLE] ?? '').trim()
  if ((url === undefined && text === '') || text === 'off') return undefined
  const problems = urlProblems(text, where)
  const { access, problems: others } = accessOf(env)
  refuse([...problems, ...others])
  return { url: withPath(text), access }
}

/** What is wrong with a URL to write to. */
export const urlProblems = (text: string, where: string): Problem[] =>
  serverUrlProblems(text, where, {
    allowed: `an http or https URL such as http://127.0.0.1:9090 (its path ${DEFAULT_PATH} is added), https://mimir.example.com/api/v1/push, or off`,
    user: `Put them into ${PREFIX}USERNAME and ${PREFIX}PASSWORD.`,
    secret: `Put it into a header: ${PREFIX}BEARER_TOKEN, or ${PREFIX}HEADERS_<name>.`,
  })

/** What opens a server, from k6's own variables; problems name a variable, never its value. */
export function accessOf(env: NodeJS.ProcessEnv): { access: Access; problems: Problem[] } {
  const get = (name: string): string | undefined => envValue(env, PREFIX + name)
  const problems: Problem[] = []
  const { headers, secrets } = headersOf(env, problems)
  const pair = [`${PREFIX}CLIENT_CERTIFICATE`, `${PREFIX}CLIENT_CERTIFICATE_KEY`]
  const [cert, key] = pair.map((name) => readPem(env, name, problems))
  if (pair.filter((name) => envValue(env, name) !== undefined).length === 1)
    problems.push({
      where: pair.join(', '),
      got: 'one of the two',
      allowed: 'both or none',
    })
  if (Object.keys(env).some((name) => name.startsWith(`${PREFIX}SIGV4_`) && env[name]))
    problems.push({
      where: `${PREFIX}SIGV4_…`,
      got: 'a value',
      allowed: 'nothing: requests are not signed for AWS',
      fix: 'Put a proxy that signs (aws-sigv4-proxy) in front of the server, and give its URL.',
    })
  const insecure = get('INSECURE_SKIP_TLS_VERIFY') ?? 'false'
  if (!/^(1|t|true|0|f|false)$/i.test(insecure))
    problems.push({
      where: `${PREFIX}INSECURE_SKIP_TLS_VERIFY`,
      got: quote(insecure),
      allowed: 'true or false',
    })
  const tls = {
    // k6's own rule: 1.3 unless 1.2 is asked for.
    minVersion: get('TLS_MINIMUM_VERSION') === '1.2' ? 'TLSv1.2' : 'TLSv1.3',
    rejectUnauthorized: !/^(1|t|true)$/i.test(insecure),
    ...(cert && key ? { cert, key } : {}),
  } as const
  return { access: { headers, tls, secrets }, problems }
}

function withPath(text: string): string {
  const url = new URL(text)
  url.hash = ''
  if (url.pathname === '/') url.pathname = DEFAULT_PATH
  return url.href
}

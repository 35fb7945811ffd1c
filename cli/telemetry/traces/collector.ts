import type { Problem } from '../../../config/problem/problem.ts'
import { refuse, envValue, serverUrlProblems } from '../../base/index.ts'

/** Where spans are posted to. */
export interface Collector {
  /** What is shown and recorded: without a user and a password. */
  readonly url: string
  /** From the environment alone; never written anywhere. */
  readonly headers: Readonly<Record<string, string>>
}

/** OpenTelemetry's variables (specification, "OpenTelemetry Protocol Exporter"): of traces alone, and of all signals. */
const OWN = 'OTEL_EXPORTER_OTLP_TRACES_'
const COMMON = 'OTEL_EXPORTER_OTLP_'
const PATH = '/v1/traces'
const USUAL = 'http://localhost:4318'

/**
 * The collector of `--traces URL`; of `--traces` without a URL (true) the one that OpenTelemetry's variables name, else
 * the usual one of this machine. Undefined without the flag: variables alone export nothing. Throws UserError with every
 * problem of the URL and the headers; a secret is not repeated.
 */
export function collectorOf(
  given: string | boolean | undefined,
  env: NodeJS.ProcessEnv,
): Collector | undefined {
  if (given === undefined || given === false) return undefined
  const own = envValue(env, `${OWN}ENDPOINT`)
  const [where, text] =
    typeof given === 'string'
      ? ['--traces', given.trim()]
      : [`${own === undefined ? COMMON : OWN}ENDPOINT`, own ?? envValue(env, `${COMMON}ENDPOINT`) ?? USUAL]
  const problems: Problem[] = urlProblems(text, where)
  const variable = `${envValue(env, `${OWN}HEADERS`) === undefined ? COMMON : OWN}HEADERS`
  const headers = headersOf(envValue(env, variable) ?? '', variable, problems)
  refuse(problems)
  return { url: withPath(text, where), headers }
}

/** A URL of all signals gets the path of traces behind its own; one of traces alone is taken as it is, unless it has no path. */
function withPath(text: string, where: string): string {
  const url = new URL(text)
  url.hash = ''
  if (where === `${COMMON}ENDPOINT` || url.pathname === '/') url.pathname = url.pathname.replace(/\/*$/, PATH)
  return url.href
}

const urlProblems = (text: string, where: string): Problem[] =>
  serverUrlProblems(text, where, {
    allowed: `an http or https URL such as ${USUAL} (its path ${PATH} is added)`,
    user: `Put them into a header: ${COMMON}HEADERS.`,
    secret: `Put it into a header: ${COMMON}HEADERS.`,
  })

/** Headers as OpenTelemetry writes them, `name=value,name=value`, values percent-encoded. */
function headersOf(text: string, where: string, problems: Problem[]): Record<string, string> {
  const headers = new Headers()
  for (const [index, pair] of text.split(',').entries()) {
    if (pair.trim() === '') continue
    const [, name = '', value = ''] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(pair) ?? []
    try {
      headers.append(name, decodeURIComponent(value.trim()))
    } catch {
      problems.push({
        where,
        got: `what is no header in its entry ${index + 1}`,
        allowed: 'name=value,name=value',
        fix: 'Write commas, spaces and percent signs in a value as %2C, %20 and %25.',
      })
    }
  }
  return Object.fromEntries(headers)
}

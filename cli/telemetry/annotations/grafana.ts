import type { Problem } from '../../../config/problem/problem.ts'
import { isLoopback } from '../../../config/url.ts'
import { defined, refuse, envValue, serverUrlProblems } from '../../base/index.ts'

/** A Grafana that markers of runs are written to. */
export interface Grafana {
  /** Without a slash at its end; what is shown and recorded. */
  readonly url: string
  /** From the environment alone; never written anywhere. Absent where anybody may write. */
  readonly token?: string
  /** The organisation, where it is not the token's own. */
  readonly org?: string
}

/** Where the token may stand, the first that does. */
const TOKENS = ['GRAFANA_TOKEN', 'GRAFANA_SERVICE_ACCOUNT_TOKEN'] as const

/**
 * The Grafana of `--annotate URL`; of `--annotate` without a URL (true) that of GRAFANA_URL. Undefined without the flag
 * and for `off`: the variable alone writes nothing. Throws UserError with every problem; a secret is not repeated.
 */
export function grafanaOf({
  url: given,
  env,
  where: flag = '--annotate',
}: {
  url?: string | boolean | undefined
  env: NodeJS.ProcessEnv
  /** The flag's name, for what is said of it. */
  where?: string
}): Grafana | undefined {
  if (given === undefined || given === false || given === 'off') return undefined
  const variable = TOKENS.find((name) => envValue(env, name) !== undefined)
  const token = variable && envValue(env, variable)
  const org = envValue(env, 'GRAFANA_ORG_ID')
  const [where, text] =
    typeof given === 'string' ? [flag, given.trim()] : ['GRAFANA_URL', envValue(env, 'GRAFANA_URL') ?? '']
  const problems: (Problem | string)[] =
    text === '' && given === true
      ? [`${flag}: no URL is given, and GRAFANA_URL is not set; write ${flag} http://127.0.0.1:3000`]
      : urlProblems(text, where, variable)
  // What no header can hold would be quoted by the error that says so.
  if (variable !== undefined && !/^[\x21-\x7e]+$/.test(token ?? ''))
    problems.push({
      where: variable,
      got: 'blanks or other characters that no token has',
      allowed: 'the token of a service account, such as glsa_…',
    })
  if (org !== undefined && !/^[1-9]\d*$/.test(org))
    problems.push({ where: 'GRAFANA_ORG_ID', got: 'no number', allowed: "an organisation's id, such as 1" })
  refuse(problems)
  const { origin, pathname } = new URL(text)
  return {
    url: `${origin}${pathname}`.replace(/\/+$/, ''),
    ...defined({ token, org }),
  }
}

function urlProblems(text: string, where: string, token: string | undefined): Problem[] {
  const problems = serverUrlProblems(text, where, {
    allowed: 'the address of a Grafana, such as https://grafana.example.com or http://127.0.0.1:3000',
    user: 'Make a service account in Grafana, and put its token into GRAFANA_TOKEN.',
    secret: 'Put a service account’s token into GRAFANA_TOKEN.',
  })
  if (problems.length > 0 || token === undefined) return problems
  const { protocol, hostname, host } = new URL(text)
  if (protocol === 'https:' || isLoopback(hostname.replace(/^\[|\]$/g, ''))) return []
  return [
    {
      where,
      got: `http to ${host}, which would send ${token} in the clear`,
      allowed: 'https, or http to this machine alone',
    },
  ]
}

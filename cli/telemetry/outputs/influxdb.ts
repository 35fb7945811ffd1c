import { quote, type Problem } from '../../../config/problem/problem.ts'
import { envValue } from '../../base/index.ts'
import type { OutputFound, Output, OutputReady, Trial } from './output.ts'
import { unreached } from './reach.ts'

const PREFIX = 'K6_INFLUXDB_'
const DEFAULT = 'http://localhost:8086'
const PARAMETERS = [
  ...['insecure', 'payload_size', 'precision', 'retention', 'consistency'],
  ...['pushInterval', 'concurrentWrites', 'tagsAsFields'],
]

/**
 * Looks whether the server is there that k6's output writes to: its argument, over k6's variables, over k6's defaults
 * (its `internal/output/influxdb/config.go`). A user and a password go from the URL into k6's variables, where nobody
 * sees them among the arguments of a process.
 */
export async function tryInflux({ argument }: Output, { env, signal }: Trial): Promise<OutputFound> {
  const get = (name: string): string | undefined => envValue(env, PREFIX + name)
  const url = URL.canParse(argument) ? new URL(argument) : undefined
  const { protocol, host } = new URL(url?.href ?? get('ADDR') ?? DEFAULT)
  const origin = `${protocol}//${host}`
  const path = url === undefined ? argument : url.pathname.slice(1)
  const isDefault = url === undefined && get('ADDR') === undefined
  const db = path === '' ? (get('DB') ?? 'k6') : decodeURIComponent(path)
  const place = `${origin}/${db}${isDefault ? ' (k6’s default)' : ''}`
  const hidden = url && (url.username !== '' || url.password !== '') ? withoutUser(argument, url) : {}
  if (get('PROXY') !== undefined)
    return { is: 'ready', told: `${place} cannot be tried: ${PREFIX}PROXY is before it`, ...hidden }
  if (protocol === 'udp:')
    return { is: 'ready', told: `${place} cannot be tried: UDP has no answer`, ...hidden }
  const trouble = await unreached({ origin, secure: protocol === 'https:' }, signal)
  if (trouble) return { is: 'not', why: `${place} ${trouble.why}` }
  return { is: 'ready', told: `samples go to ${place}, which is there; nothing was written yet`, ...hidden }
}

const withoutUser = (
  argument: string,
  { username, password }: URL,
): Pick<OutputReady, 'argument' | 'env'> => ({
  argument: argument.replace(/\/\/[^/]*@/, '//'),
  env: {
    [`${PREFIX}USERNAME`]: decodeURIComponent(username),
    [`${PREFIX}PASSWORD`]: decodeURIComponent(password),
  },
})

/** What is wrong with an argument or a variable; a user and a password are not repeated. */
export function influxProblems({ argument, where }: Output, env: NodeJS.ProcessEnv): Problem[] {
  const address = envValue(env, `${PREFIX}ADDR`)
  const problems = address === undefined ? [] : urlProblems(address, `${PREFIX}ADDR`)
  if (argument === '' || /^[^:/?]+$/.test(argument)) return problems
  return [...problems, ...urlProblems(argument, `${where} influxdb`)]
}

function urlProblems(text: string, where: string): Problem[] {
  const allowed = 'the URL of a server and its database, such as http://127.0.0.1:8086/k6'
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^(https?|udp):$/.test(url.protocol) || url.host === '')
    return [{ where, got: quote(text.replace(/[^/@]*@/, '…@')), allowed }]
  const name = Array.from(url.searchParams.keys()).find((key) => !PARAMETERS.includes(key))
  return [
    ...(url.pathname.slice(1).includes('/')
      ? [
          {
            where,
            got: `the path ${quote(url.pathname)}`,
            allowed,
            fix: 'k6 takes no path before the database.',
          },
        ]
      : []),
    ...(name === undefined
      ? []
      : [
          {
            where,
            got: `the parameter ${quote(name)}`,
            allowed: PARAMETERS.join(', '),
            ...(/^(u|p|user|token|pass)/i.test(name)
              ? { fix: `Set ${PREFIX}USERNAME and ${PREFIX}PASSWORD to what opens it.` }
              : {}),
          },
        ]),
  ]
}

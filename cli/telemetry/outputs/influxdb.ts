import { quote, type Problem } from '../../../config/problem/problem.ts'
import { envValue } from '../../base/index.ts'
import type { Output } from './output.ts'

/** Where k6's InfluxDB output writes, as k6 reads it (its `internal/output/influxdb/config.go`). */
export interface Influx {
  /** `http://host:port`, or `udp://…`. */
  readonly address: string
  readonly db: string
  readonly retention?: string
  readonly user?: string
  readonly password?: string
  /** Any certificate will do. */
  readonly insecure: boolean
  /** k6 goes through a proxy. */
  readonly proxied: boolean
  /** The argument without a user and a password, where it has any. */
  readonly bare?: string
  /** Nobody said where: k6's own default. */
  readonly byDefault: boolean
}

const PREFIX = 'K6_INFLUXDB_'
const DEFAULT = 'http://localhost:8086'
const PARAMETERS = [
  ...['insecure', 'payload_size', 'precision', 'retention', 'consistency'],
  ...['pushInterval', 'concurrentWrites', 'tagsAsFields'],
]

/** Where an output writes: its argument, over k6's variables, over k6's defaults. Only for one without problems. */
export function influxOf({ argument }: Output, env: NodeJS.ProcessEnv): Influx {
  const get = (name: string): string | undefined => envValue(env, PREFIX + name)
  const url = URL.canParse(argument) ? new URL(argument) : undefined
  const address = new URL(url?.href ?? get('ADDR') ?? DEFAULT)
  const path = url === undefined ? argument : url.pathname.slice(1)
  const hasUser = url !== undefined && (url.username !== '' || url.password !== '')
  const user = hasUser ? decodeURIComponent(url.username) : get('USERNAME')
  const password = hasUser ? decodeURIComponent(url.password) : get('PASSWORD')
  const retention = url?.searchParams.get('retention') ?? get('RETENTION')
  return {
    address: `${address.protocol}//${address.host}`,
    db: path === '' ? (get('DB') ?? 'k6') : decodeURIComponent(path),
    insecure: (url?.searchParams.get('insecure') ?? get('INSECURE')) === 'true',
    proxied: get('PROXY') !== undefined,
    byDefault: url === undefined && get('ADDR') === undefined,
    ...(retention === undefined ? {} : { retention }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(hasUser ? { bare: argument.replace(/\/\/[^/]*@/, '//') } : {}),
  }
}

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

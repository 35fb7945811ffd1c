import { once } from 'node:events'
import { createServer } from 'node:net'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { envValue } from '../../base/index.ts'
import type { OutputFound, Output, Trial } from './output.ts'

const PREFIX = 'K6_WEB_DASHBOARD_'
/** k6's own (`internal/dashboard/options.go`); below 0 it serves nothing. */
const DEFAULT_PORT = 5665

interface Place {
  readonly host: string
  /** Not a number where it was none. */
  readonly port: number
  readonly report: string | undefined
}

function placeOf({ argument }: Output, env: NodeJS.ProcessEnv): Place {
  const parameters = new URLSearchParams(argument)
  const get = (...names: readonly string[]): string | undefined => {
    const own = names.map((name) => parameters.get(name)).find((value) => value)
    return (
      own ??
      names.map((name) => envValue(env, PREFIX + name.toUpperCase())).find((value) => value !== undefined)
    )
  }
  const port = get('port') ?? String(DEFAULT_PORT)
  return {
    host: get('host') ?? '',
    port: /^-?\d+$/.test(port) ? Number(port) : Number.NaN,
    report: get('export', 'report'),
  }
}

/** What is wrong with the port of k6's own dashboard. */
export function dashboardProblems(output: Output, env: NodeJS.ProcessEnv): Problem[] {
  const { port } = placeOf(output, env)
  if (Number.isInteger(port) && port <= 65_535) return []
  const asked = new URLSearchParams(output.argument).get('port')
  return [
    {
      where: asked ? `${output.where} web-dashboard` : `${PREFIX}PORT`,
      got: quote(asked ?? envValue(env, `${PREFIX}PORT`) ?? ''),
      allowed: 'a port, 0 for a free one, -1 for none',
    },
  ]
}

const TWICE = '; it is started once, though K6_WEB_DASHBOARD asks for it too'

/** Tries its port: k6 ends where somebody else has it, as a second dashboard would. */
export async function tryDashboard(output: Output, { env }: Trial): Promise<OutputFound> {
  const { host, port, report } = placeOf(output, env)
  const twice = output.where.startsWith('--') && envValue(env, 'K6_WEB_DASHBOARD') === 'true'
  const leaves = `${report === undefined ? '' : `, and writes ${report}`}${twice ? TWICE : ''}`
  if (port < 0) return { is: 'ready', told: `serves nothing${leaves}` }
  const code = port === 0 ? undefined : await taken(host, port)
  if (code === undefined)
    return { is: 'ready', told: `serves at ${placeAt(host === '' ? '127.0.0.1' : host, port)}${leaves}` }
  const why = code === 'EADDRINUSE' ? 'is taken' : `cannot be had (${code})`
  return { is: 'not', why: `port ${port} ${why}: set ${PREFIX}PORT to another, or to 0 for any` }
}

const placeAt = (host: string, port: number): string =>
  port === 0 ? `a free port of ${host}, which k6 says` : `http://${host}:${port}`

async function taken(host: string, port: number): Promise<string | undefined> {
  const server = createServer()
  try {
    await once(server.listen(port, ...(host === '' ? [] : [host])), 'listening')
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'no reason'
  } finally {
    server.close()
  }
}

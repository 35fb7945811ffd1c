import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { debianProgram } from '../engine/debian.ts'
import { folder, start } from '../engine/harness.ts'
import { freePort } from '../../cli/base/index.ts'

/** A value of InfluxQL's answers. */
export type Cell = string | number | boolean | null

/** One line of an answer: its name, the tags it is grouped by, and its rows. */
export interface InfluxSeries {
  readonly name: string
  readonly tags?: Readonly<Record<string, string>>
  readonly columns: readonly string[]
  readonly values: readonly (readonly Cell[])[]
}

/** A real InfluxDB 1.x on loopback. */
export interface Influx {
  readonly url: string
  readonly port: number
  /** What InfluxQL says in the database `db`; throws with the server's words. */
  query(q: string, db?: string): Promise<readonly InfluxSeries[]>
  stop(): Promise<void>
}

/** Who may enter, where not everybody may. */
export interface Admin {
  readonly user: string
  readonly password: string
}

/** Starts Debian's InfluxDB, which reports to nobody; ready when this resolves. With `admin` nobody else may enter. */
export async function startInflux({ port, admin }: { port?: number; admin?: Admin } = {}): Promise<Influx> {
  const [http, rpc] = [port ?? (await freePort()), await freePort()]
  const config = join(folder(), 'influxdb.conf')
  const data = folder()
  for (const part of ['meta', 'data', 'wal']) mkdirSync(join(data, part))
  writeFileSync(config, configText(data, http, rpc, admin !== undefined))
  const running = start(debianProgram('influxd', 'influxdb'), ['run', '-config', config], { limit: 300 })
  const url = `http://127.0.0.1:${http}`
  await Promise.race([
    answers(`${url}/ping`),
    running.ended.then(({ err }) => Promise.reject(new Error(err))),
  ])
  const query: Influx['query'] = (q, db = 'k6') => ask(url, q, db, admin)
  if (admin)
    await query(`CREATE USER "${admin.user}" WITH PASSWORD '${admin.password}' WITH ALL PRIVILEGES`, '')
  return {
    url,
    port: http,
    query,
    async stop() {
      running.signal('SIGTERM')
      await running.ended
    },
  }
}

const configText = (data: string, http: number, rpc: number, auth: boolean): string => `
reporting-disabled = true
bind-address = "127.0.0.1:${rpc}"
[meta]
  dir = "${data}/meta"
[data]
  dir = "${data}/data"
  wal-dir = "${data}/wal"
  query-log-enabled = false
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${http}"
  auth-enabled = ${auth}
  log-enabled = false
`

async function answers(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

interface Answer {
  readonly error?: string
  readonly results?: readonly { readonly error?: string; readonly series?: readonly InfluxSeries[] }[]
}

async function ask(url: string, q: string, db: string, admin?: Admin): Promise<readonly InfluxSeries[]> {
  const body = new URLSearchParams({ q, db, epoch: 'ms' })
  const basic = Buffer.from(`${admin?.user ?? ''}:${admin?.password ?? ''}`).toString('base64')
  const headers: Record<string, string> = admin ? { authorization: `Basic ${basic}` } : {}
  const answer = (await (await fetch(`${url}/query`, { method: 'POST', body, headers })).json()) as Answer
  const error = answer.error ?? answer.results?.find((result) => result.error !== undefined)?.error
  if (error !== undefined) throw new Error(`${q}: ${error}`)
  return answer.results?.flatMap(({ series = [] }) => series) ?? []
}

/** What Grafana puts into a query before it sends it. */
export interface Filling {
  /** Unix times in milliseconds. */
  readonly from: number
  readonly to: number
  /** Milliseconds of one interval. */
  readonly interval: number
  /** Values of variables; `.*` for All. */
  readonly variables: Readonly<Record<string, string | readonly string[]>>
}

/** What Grafana takes for regular expressions in a query, whatever it is. */
const PATTERNS = /\/(?:\\.|\[(?:\\.|[^\]])*\]|[^/\n])+\//g

/**
 * A query of a dashboard as Grafana sends it to InfluxDB. Throws for a variable without a value, and for one that Grafana
 * would escape since it stands between two slashes that are no pattern's.
 */
export function fillInflux(query: string, { from, to, interval, variables }: Filling): string {
  const ranges: Record<string, string> = {
    timeFilter: `time >= ${from}ms and time <= ${to}ms`,
    __interval: `${interval}ms`,
    __interval_ms: String(interval),
    __range: `${Math.round((to - from) / 1000)}s`,
    __range_ms: String(to - from),
  }
  for (const { 0: pattern, index } of query.matchAll(PATTERNS))
    if (pattern.includes('$') && !/[=!]~\s*$/.test(query.slice(0, index)))
      throw new Error(`${query}: Grafana escapes what is in ${pattern}`)
  return query.replace(
    /\$(?:(\w+)|\{(\w+)(?::(\w+))?\})/g,
    (_, bare?: string, braced?: string, form?: string) => {
      const name = bare ?? braced ?? ''
      const value = ranges[name] ?? variables[name]
      if (value === undefined) throw new Error(`${query}: no value for $${name}`)
      // A custom value of All is taken as it is.
      if (typeof value === 'string' && (form !== 'regex' || /^\.[*+]$/.test(value))) return value
      const escaped = [value].flat().map((text) => text.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&'))
      return escaped.length === 1 ? escaped.join('') : `(${escaped.join('|')})`
    },
  )
}

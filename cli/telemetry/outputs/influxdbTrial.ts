import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { PROBE } from '../remoteWrite/question.ts'
import { redactLine } from '../../base/http/index.ts'
import { ask, type Answer } from './ask.ts'
import { influxOf, type Influx } from './influxdb.ts'
import type { Found, Output, Trial } from './output.ts'

/** Milliseconds between two looks at what was written. */
const LOOK = 200

/**
 * Makes the database, writes a point, reads it back and takes it away again. A user and a password go from the URL into
 * k6's variables, where nobody sees them among the arguments of a process.
 */
export async function tryInflux(output: Output, trial: Trial): Promise<Found> {
  const influx = influxOf(output, trial.env)
  const { address, db, user, password, bare, byDefault } = influx
  const place = `${address}/${db}${byDefault ? ' (k6’s default)' : ''}`
  const hidden =
    bare !== undefined
      ? { argument: bare, env: { K6_INFLUXDB_USERNAME: user ?? '', K6_INFLUXDB_PASSWORD: password ?? '' } }
      : {}
  const unseen = influx.proxied
    ? 'K6_INFLUXDB_PROXY is before it'
    : address.startsWith('udp:')
      ? 'UDP has no answer'
      : ''
  if (unseen !== '') return { is: 'ready', told: `${place} cannot be tried: ${unseen}`, ...hidden }
  const found = await exchange(influx, trial.signal)
  if ('trouble' in found) return { is: 'not', why: `${place} ${found.trouble}` }
  const version = found.version === undefined ? '' : ` (InfluxDB ${found.version})`
  const told = `${place}${version} took a point${found.read ? ', which was read back' : ''}`
  return { is: 'ready', told, ...hidden }
}

type Exchanged = { readonly version?: string; readonly read: boolean } | { readonly trouble: string }

async function exchange(influx: Influx, signal: AbortSignal): Promise<Exchanged> {
  const { address, db, retention, user, password, insecure } = influx
  const basic = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64')
  const how = {
    headers: user === undefined ? {} : { authorization: `Basic ${basic}` },
    tls: { rejectUnauthorized: !insecure },
    signal,
  }
  const query = (q: string, method: 'GET' | 'POST' = 'POST'): Promise<Answer> =>
    ask(`${address}/query?${new URLSearchParams({ db, q, epoch: 'ms' }).toString()}`, { ...how, method })
  const ping = await ask(`${address}/ping`, how)
  if ('silence' in ping) return { trouble: ping.silence }
  if (ping.status >= 300 && ping.status !== 401)
    return { trouble: `answers ${ping.status} to a ping: is this InfluxDB?` }
  const version = versionOf(ping)
  // As with k6 itself: a user who may not make one may write to one that is there.
  await query(`CREATE DATABASE ${quoted(db)}`)
  const id = randomUUID()
  const parameters = new URLSearchParams({ db, ...(retention === undefined ? {} : { rp: retention }) })
  const body = `${PROBE},id=${id} value=1`
  const written = await ask(`${address}/write?${parameters.toString()}`, { ...how, method: 'POST', body })
  if ('silence' in written) return { trouble: written.silence }
  if (written.status >= 300) {
    const newer = isNewer(version) || (await isNewerByHealth(address, how))
    return { trouble: newer ? NEWER : refusalOf(written, influx) }
  }
  const from = `${retention === undefined ? '' : `${quoted(retention)}.`}${quoted(PROBE)}`
  const read = await readBack(() => query(`SELECT "value" FROM ${from} WHERE "id" = '${id}'`, 'GET'), signal)
  await query(`DROP SERIES FROM ${quoted(PROBE)} WHERE "id" = '${id}'`)
  return { read, ...(version === undefined ? {} : { version }) }
}

const quoted = (name: string): string => `"${name.replace(/["\\]/g, '\\$&')}"`

async function readBack(look: () => Promise<Answer>, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const answer = await look()
    if ('silence' in answer || answer.status >= 300) return false
    if (answer.text.includes('"values"')) return true
    await wait(LOOK)
  }
  return false
}

const NEWER =
  'is InfluxDB 2 or newer, which does not take what k6 writes (InfluxDB 1): make its 1.x-compatible API take it (a DBRP mapping, and a user), or use --out opentelemetry'

function versionOf(answer: Exclude<Answer, { silence: string }>): string | undefined {
  const version = answer.headers['x-influxdb-version']
  return typeof version === 'string' ? redactLine(version, []) : undefined
}

const isNewer = (version: string | undefined): boolean => /^v?[2-9]\./.test(version ?? '')

/** InfluxDB 2 says its version at /health: `{"name":"influxdb","version":"v2.7.1"}`. */
async function isNewerByHealth(address: string, how: Parameters<typeof ask>[1]): Promise<boolean> {
  const health = await ask(`${address}/health`, how)
  return 'text' in health && /"version"\s*:\s*"v?[2-9]\./.test(health.text)
}

function refusalOf(
  { status, text }: { status: number; text: string },
  { db, user, password }: Influx,
): string {
  const why = redactLine(text, [password ?? ''])
  const answers = `answers ${status}${why === '' ? '' : ` (${why})`}`
  if (status === 401)
    return `${answers}: set K6_INFLUXDB_USERNAME and K6_INFLUXDB_PASSWORD to who may write to it`
  if (status === 403)
    return `${answers}: GRANT ALL ON ${quoted(db)} TO ${quoted(user ?? '')} lets the user write`
  if (why.includes('database not found')) return `${answers}: make it with CREATE DATABASE ${quoted(db)}`
  if (why.includes('retention policy'))
    return `${answers}: give one that is there (K6_INFLUXDB_RETENTION), or none`
  return `${answers}: is this InfluxDB?`
}

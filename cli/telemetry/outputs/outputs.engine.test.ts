import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folder, k6, listen, type Ended } from '../../../test/engine/harness.ts'
import { freePort } from '../../base/index.ts'
import { startInflux, type Influx } from '../../../test/grafana/influx.ts'
import { readConsole } from '../../k6/index.ts'
import { outputsOf } from './outputs.ts'
import { readyOutputs } from './ready.ts'

const SCRIPT = `
import { sleep } from 'k6'
import { Counter } from 'k6/metrics'
const made = new Counter('made')
export const options = { scenarios: { one: { executor: 'shared-iterations', vus: 1, iterations: 12 } } }
export default function () {
  made.add(1, { colour: 'red' })
  sleep(0.1)
}`

const ADMIN = { user: 'load test', password: 'p@ss:w/rd?é' }
const USER_INFO = `${encodeURIComponent(ADMIN.user)}:${encodeURIComponent(ADMIN.password)}`
const NO_VARIABLES = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' }

let open: Influx
let locked: Influx
let script: string

beforeAll(async () => {
  script = join(folder(), 'script.js')
  writeFileSync(script, SCRIPT)
  ;[open, locked] = await Promise.all([startInflux(), startInflux({ admin: ADMIN })])
})
afterAll(() => Promise.all([open.stop(), locked.stop()]))

interface Tried {
  lines: string[]
  args: string[]
  /** A real k6 with what was made ready. */
  run: () => Promise<Ended>
}

async function tried(given: string, env: Record<string, string> = {}): Promise<Tried> {
  const lines: string[] = []
  const seen = { ...NO_VARIABLES, ...env }
  const say = (line: string): void => void lines.push(line)
  const ready = await readyOutputs(outputsOf([given], [], seen), { required: false, say, env: seen })
  const run = (): Promise<Ended> =>
    k6(['run', '-q', ...ready.args, script], { env: { ...env, ...ready.env } })
  return { lines, args: ready.args, run }
}

const made = async (influx: Influx, db: string): Promise<unknown> =>
  (await influx.query('SELECT sum("value") FROM "made" WHERE "colour" = \'red\'', db))[0]?.values[0]?.[1]

test('a server that is there gets what k6 writes, into a database that k6 makes', async () => {
  const { lines, run } = await tried(`influxdb=${open.url}/my_load`)
  expect(lines).toEqual([
    `influxdb: samples go to ${open.url}/my_load, which is there; nothing was written yet`,
  ])
  const { code, err } = await run()
  expect([code, err]).toEqual([0, ''])
  expect(await made(open, 'my_load')).toBe(12)
})

test('a password goes from the URL into k6’s variables, and opens', async () => {
  const host = locked.url.replace('http://', '')
  const { lines, args, run } = await tried(`influxdb=http://${USER_INFO}@${host}/k6`)
  expect(args).toEqual(['--out', `influxdb=${locked.url}/k6`])
  const { code, err, out } = await run()
  expect([code, err]).toEqual([0, ''])
  expect(out + lines.join()).not.toMatch(/w\/rd|w%2Frd/)
  expect(await made(locked, 'k6')).toBe(12)
})

test('what does not open is in k6’s log, for the run’s problems', async () => {
  const user = { K6_INFLUXDB_USERNAME: ADMIN.user, K6_INFLUXDB_PASSWORD: 'wrong-one' }
  const { args, run } = await tried(`influxdb=${locked.url}/k6`, user)
  expect(args).toEqual(['--out', `influxdb=${locked.url}/k6`])
  const { code, err } = await run()
  expect(code).toBe(0)
  expect(readConsole(err).said).toMatchObject([
    { output: true, text: expect.stringMatching(/^Couldn't write stats: .*authorization failed/s) as string },
  ])
})

test('a server that is down is left out', async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  const { args, lines } = await tried(`influxdb=${url}/k6`)
  expect(args).toEqual([])
  expect(lines).toEqual([`influxdb: ${url}/k6 does not answer (ECONNREFUSED); left out of this run`])
})

test('k6 exports where it was looked: the same path, its headers, and no TLS', async () => {
  const seen: string[] = []
  const url = await listen(
    createServer((request, response) => {
      const bytes: Buffer[] = []
      request.on('data', (chunk: Buffer) => bytes.push(chunk))
      request.on('end', () => {
        const text = Buffer.concat(bytes)
        const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(text) : text
        seen.push(`${request.url} ${String(request.headers['x-tenant'])} ${body.toString('latin1')}`)
        response.end()
      })
    }),
  )
  const { lines, run } = await tried('opentelemetry', {
    K6_OTEL_EXPORTER_PROTOCOL: 'http/protobuf',
    K6_OTEL_HTTP_EXPORTER_ENDPOINT: url.replace('http://', ''),
    K6_OTEL_HTTP_EXPORTER_URL_PATH: '/load/metrics',
    K6_OTEL_HEADERS: 'x-tenant=shop%20one',
  })
  expect(lines.join()).toContain(`opentelemetry: metrics go to ${url}/load/metrics, which is there`)
  const { code, err } = await run()
  expect([code, err]).toEqual([0, ''])
  expect(seen.at(-1)).toMatch(/^\/load\/metrics shop one [\s\S]*service\.name[\s\S]{1,8}k6[\s\S]*k6_made/)
})

test('files and the dashboard are as k6 takes them', async () => {
  const place = folder()
  const { args, run } = await tried(`json=${place}/all.json.gz`, {
    K6_WEB_DASHBOARD: 'true',
    K6_WEB_DASHBOARD_PORT: '0',
  })
  expect(args).toEqual(['--out', `json=${place}/all.json.gz`, '--out', 'web-dashboard'])
  const { code, err } = await run()
  expect([code, err]).toEqual([0, ''])
  expect(gunzipSync(readFileSync(`${place}/all.json.gz`)).toString()).toContain('"metric":"made"')
})

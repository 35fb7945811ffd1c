import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { debianProgram } from '../../../test/engine/debian.ts'
import {
  bundle,
  folder,
  read,
  reasonsButBusy,
  startCli,
  type Ended,
  type Running,
} from '../../../test/engine/harness.ts'
import { aboutOf } from '../aboutOf.ts'
import type { About } from '../about.ts'
import { ruleFiles } from '../rules/index.ts'
import { inlined, isAlert, watched } from '../rules/model.ts'
import { rulesOf } from '../rules/rulesOf.ts'
import { servePrometheus, type ServedPrometheus } from './serve.ts'
import type { Manifest, RunRecord } from '../../record/index.ts'

const program = debianProgram('prometheus')
let about: About
let served: ServedPrometheus

/** The rules as they are, but for how often they are evaluated, and what silence is: a test's time is short. */
const quick = () =>
  ruleFiles(about).map(({ path, text }) => ({
    path,
    text: text
      .replace(/^ {4}interval: .*\n/gm, '')
      .replace(/^( {2}- name: .*)$/gm, '$1\n    interval: 2s')
      .replace('unless on (testid) count_over_time(k6_vus{testid!=""}[1m])', (silence) =>
        silence.replace('[1m]', '[30s]'),
      ),
  }))

beforeAll(async () => {
  const manifest = (await bundle()).replace(/\.js$/, '.manifest.json')
  about = aboutOf([JSON.parse(readFileSync(manifest, 'utf8')) as Manifest])
  served = await servePrometheus({ port: 0, program, data: undefined, rules: quick() })
  return () => served.stop()
})

interface Answer {
  data?: { result: { metric: Record<string, string>; value: [number, string] }[] }
  error?: string
}
const ask = async (query: string): Promise<Answer> =>
  (await (
    await fetch(`${served.url}/api/v1/query?${new URLSearchParams({ query }).toString()}`)
  ).json()) as Answer

interface Loaded {
  data: { groups: { rules: { name: string; type: string; health: string; lastError?: string }[] }[] }
}
const loaded = async () =>
  ((await (await fetch(`${served.url}/api/v1/rules`)).json()) as Loaded).data.groups.flatMap(
    ({ rules }) => rules,
  )

/** A run under load, which sends its series here. */
async function startRun(...faults: string[]): Promise<{ id: string; place: string; running: Running }> {
  const results = folder()
  const load = [
    '--profile',
    'load',
    '--scale',
    '0.3',
    '--ramp-up',
    '1s',
    '--warm-up',
    '1s',
    '--duration',
    '45s',
  ]
  const where = ['--results', results, '--remote-write', served.url]
  const running = startCli(['run', ...where, ...load, ...faults.flatMap((one) => ['--fault', one])])
  while (readdirSync(results).length === 0) await wait(200)
  const [id = ''] = readdirSync(results)
  return { id, place: join(results, id), running }
}

async function runWith(...faults: string[]): Promise<{ id: string; record: RunRecord; ended: Ended }> {
  const { id, place, running } = await startRun(...faults)
  const ended = await running.ended
  return { id, record: read(place).record, ended }
}

/** A run whose machine dies. */
async function runThatDies(): Promise<{ id: string }> {
  const { id, running } = await startRun()
  await wait(20_000)
  running.signal('SIGKILL', 'group')
  await running.ended
  return { id }
}

/** Alerts that fired at any time, by what they are of. */
async function fired(id: string): Promise<string[]> {
  const { data } = await ask(
    `count by (alertname, slo) (last_over_time(ALERTS{alertstate="firing",testid="${id}"}[10m]))`,
  )
  return (data?.result ?? [])
    .map(({ metric: { alertname = '', slo = '' } }) => `${alertname} ${slo}`.trim())
    .sort()
}

test('it starts with the rules, and Prometheus finds no fault in them', async () => {
  const rules = await loaded()
  const wanted = rulesOf(about).flatMap(({ groups }) => groups.flatMap(({ rules }) => rules))
  expect(rules.map(({ name }) => name).sort()).toEqual(
    wanted.map((rule) => (isAlert(rule) ? rule.alert : rule.record)).sort(),
  )
})

test('the address of alerts is one that this Prometheus has', async () => {
  const { status, url } = await fetch(served.alerts)
  expect(status, url).toBe(200)
  expect(served.alerts).toMatch(/\/alerts$/)
})

test('runs: what is wrong fires, what is healthy does not', async () => {
  const dead = runThatDies()
  const [healthy, slow, broken] = await Promise.all([
    runWith(),
    runWith('latency=/cart/checkout:4000'),
    runWith('errors=/cart/checkout:0.5'),
  ])
  await wait(5000)
  expect(reasonsButBusy(healthy.record), healthy.ended.out + healthy.ended.err).toEqual([])
  // A busy machine answers late, and begins iterations late: that is true of a healthy shop, too.
  const ofBusy = /^K6(TrendOutsideLimit .*_duration|DroppedIterations)/
  const isBusy = (await fired(healthy.id)).some((one) => ofBusy.test(one))
  const unduly = async (id: string): Promise<string[]> => (await fired(id)).filter((one) => !ofBusy.test(one))
  expect(await unduly(healthy.id)).toEqual([])
  expect(await fired(slow.id)).toContain(
    'K6TrendOutsideLimit http_req_duration{journey:checkout,phase:steady} p(95)<800',
  )
  const ofOthers = (await fired(slow.id)).filter((one) => one.includes('journey:browse'))
  expect(isBusy ? [] : ofOthers).toEqual([])
  const failures = await fired(broken.id)
  expect(failures).toEqual(
    expect.arrayContaining([
      'K6RateOutsideLimit boutique_checkout_success{phase:steady} rate>0.99',
      'K6RateOutsideLimit http_req_failed{phase:steady} rate<0.01',
      'K6RateOutsideLimit journey_failed{phase:steady} rate<0.01',
    ]),
  )
  const { id } = await dead
  await expect.poll(() => unduly(id), { timeout: 90_000, interval: 2000 }).toEqual(['K6RunLostMetrics'])
  for (const one of [healthy, slow, broken]) expect(await fired(one.id)).not.toContain('K6RunLostMetrics')
  expect(await unduly(healthy.id)).toEqual([])
  // Every rule was evaluated, many times by now, and every query of Grafana's own rules is one that Prometheus takes.
  const ill = async () => (await loaded()).filter(({ health }) => health !== 'ok')
  await expect.poll(ill, { timeout: 60_000, interval: 2000 }).toEqual([])
  for (const { groups } of rulesOf(about))
    for (const rule of groups.flatMap(({ rules }) => rules)) {
      const query = isAlert(rule) ? watched(rule, inlined) : inlined(rule)
      expect((await ask(query)).error, query).toBeUndefined()
    }
  // What is recorded is there: the histograms too, from which any later quantile can be had.
  const recorded = `max_over_time(histogram_quantile(0.9, k6:http_req_duration:histogram{testid="${healthy.id}",phase="steady"})[5m:5s])`
  for (const query of [
    `last_over_time(k6:http_req_duration:p95{testid="${healthy.id}",phase="steady"}[5m])`,
    `last_over_time(k6:http_req_failed:ratio{testid="${healthy.id}",phase="steady"}[5m])`,
    `last_over_time(k6:boutique_checkout_success:ratio{testid="${healthy.id}",phase="steady"}[5m])`,
    `last_over_time(loadwright:slo:value{testid="${healthy.id}"}[5m])`,
    recorded,
  ])
    expect((await ask(query)).data?.result, query).not.toEqual([])
}, 240_000)

test('a port that is taken, and a program that is none, are told in a sentence', async () => {
  const port = Number(new URL(served.url).port)
  const how = { port, program, data: undefined, rules: [] }
  await expect(servePrometheus(how)).rejects.toThrow(/^--port: \d+ is taken; allowed: a free port/)
  await expect(servePrometheus({ ...how, program: '/nowhere/prometheus' })).rejects.toThrow(
    /there is no Prometheus here: \/nowhere\/prometheus cannot be started \(ENOENT\)/,
  )
})

test('data that are kept are there again', async () => {
  const data = folder()
  const first = await servePrometheus({ port: 0, program, data, rules: [] })
  await first.stop()
  writeFileSync(join(data, 'rules', 'old.yaml'), 'nonsense')
  const again = await servePrometheus({ port: 0, program, data, rules: [] })
  expect(readFileSync(again.log, 'utf8')).toContain('WAL segment loaded')
  await again.stop()
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startFakeCollector } from '../doubles/collector.ts'
import { engineOf, folder, gone, k6, project, read, startCli, type Running } from './harness.ts'

/** Times that are decided by the iteration, so that every machine measures the same. */
const SCRIPT = `
import { sleep } from 'k6'
import http from 'k6/http'
import exec from 'k6/execution'
import { Counter, Trend } from 'k6/metrics'
const wait = new Trend('wait', true)
const [done, prepared] = [new Counter('done'), new Counter('prepared')]
export const options = {
  scenarios: { seeded: { executor: 'per-vu-iterations', vus: 4, iterations: Number(__ENV.N), maxDuration: '200s' } },
  thresholds: { done: ['count<' + 6 * Number(__ENV.N)], wait: ['p(95)<500'] },
}
export function setup() {
  prepared.add(1)
  return { one: 2 }
}
export const teardown = ({ one }) => console.log('torn down ' + one)
export default function ({ one }) {
  wait.add(100 + exec.vu.iterationInScenario)
  done.add(one)
  sleep(0.1)
  // However long a machine takes to start a collector again: the load is there when it is back.
  const isLast = exec.vu.iterationInScenario === Number(__ENV.N) - 10
  if (__ENV.BACK && isLast) while (http.get(__ENV.BACK).status !== 200) sleep(0.5)
}`

/** A load that lasts for a time, and that its script may end before. */
const TIMED = `
import { sleep } from 'k6'
import exec from 'k6/execution'
export const options = { scenarios: { timed: { executor: 'constant-vus', vus: 4, duration: '12s' } } }
export default function () {
  if (exec.instance.currentTestRunDuration > Number(__ENV.STOP) * 1000) exec.test.abort('enough')
  sleep(0.1)
}`

const TOKEN = 'a-token-of-this-test'
const env = { COLLECT_TOKEN: TOKEN }
const cwd = project({ 'script.js': SCRIPT, 'timed.js': TIMED })

interface Collecting {
  running: Running
  url: string
  /** The run's folder. */
  place: string
}

async function collect(
  id: string,
  iterations: number,
  script = 'script.js',
  ...more: string[]
): Promise<Collecting> {
  const results = folder()
  const running = startCli(
    ['collect', script, '-e', `N=${iterations}`, '--run-id', id, '--results', results].concat(
      ['--expect', '2', '--listen', '127.0.0.1:0'],
      more,
    ),
    { cwd, env },
  )
  const [, url = ''] = await running.said(/^collecting run \S+ at (http:\S+),/m)
  return { running, url, place: join(results, id) }
}

/** A k6 that something else started. */
const plain = (url: string, [testid, instance]: [string, string], ...args: string[]) =>
  k6(
    ['run', '--quiet', '--no-thresholds', '--out', 'experimental-prometheus-rw'].concat(
      ['--tag', `testid=${testid}`, '--tag', `instance_id=${instance}`],
      args,
    ),
    {
      cwd,
      env: {
        K6_PROMETHEUS_RW_SERVER_URL: `${url}/${TOKEN}/api/v1/write`,
        K6_PROMETHEUS_RW_STALE_MARKERS: 'true',
        K6_PROMETHEUS_RW_PUSH_INTERVAL: '1s',
        K6_FEATURES: 'native-histograms',
      },
    },
  )

const joined = (url: string, part: string, iterations: number, ...more: string[]): Running =>
  startCli(['run', '--join', url, '--segment', part, '-e', `N=${iterations}`, ...more], { cwd, env })

describe.concurrent('k6 on other machines', () => {
  test('are one run, though the collector is killed in the middle: counts are as planned', async () => {
    const first = await collect('away', 60)
    const back = ['-e', `BACK=${first.url}/healthz`]
    const parts = ['1/2', '2/2'].map((part) => joined(first.url, part, 60, ...back))
    await first.running.said(/instance \d pushes \(2 of 2\)/)
    first.running.signal('SIGKILL')
    await first.running.ended
    await Promise.all(parts.map((part) => part.said(/Failed to send the time series data/)))
    const { host } = new URL(first.url)
    const again = startCli(
      ['collect', 'script.js', '-e', 'N=60', '--run-id', 'away', '--results', join(first.place, '..')].concat(
        ['--expect', '2', '--listen', host],
      ),
      { cwd, env },
    )
    const [ended, ...ends] = await Promise.all([again, ...parts].map((one) => one.ended))
    expect(ended?.err).toMatch(/^going on with .*away/m)
    const { record } = read(first.place)
    expect(
      ends.map(({ code }) => code),
      ends.map(({ err }) => err).join('\n'),
    ).toEqual([0, 0])
    // Each half holds 'count<360', and the whole does not.
    expect(record).toMatchObject({
      mode: 'collect',
      totals: { iterations: 240, dropped: 0 },
      problems: [{ code: 'push-not-sent' }],
      instances: [
        { id: '1', segment: '0:1/2', exit: 0, counts: { iterations: 120 } },
        { id: '2', segment: '1/2:1', exit: 0, counts: { iterations: 120 } },
      ],
    })
    const crossed = record.thresholds.filter(({ result }) => result === 'fail')
    expect(crossed).toMatchObject([{ metric: 'done', value: 480 }])
    // A machine that tests fill may be in doubt, which is told beside.
    expect(record.reasons).toContainEqual(expect.objectContaining({ code: 'threshold-crossed' }))
    for (const code of ['record-incomplete', 'instance-lost', 'instance-unsound'])
      expect(record.reasons).not.toContainEqual(expect.objectContaining({ code }))
    expect(ended?.code).toBe(record.exitCode)
    const count = (name: string) => record.metrics?.find((metric) => metric.name === name)?.count
    // What setup returned reached both; it ran once.
    expect([count('done'), count('prepared')]).toEqual([480, 1])
    expect(readFileSync(join(first.place, 'k6.log'), 'utf8').match(/torn down 2/g)).toHaveLength(1)
  })

  test('are stopped where one is killed, which is named; a second of its name is refused', async () => {
    const { running, url, place } = await collect('killed', 1000)
    const [one, two] = ['1/2', '2/2'].map((part) => joined(url, part, 1000)) as [Running, Running]
    await running.said(/instance \d pushes \(2 of 2\)/)
    const { code, err } = await joined(url, '2/2', 1000).ended
    expect([code, err]).toEqual([104, expect.stringMatching(/Instance "2" is there already, on /)])
    const k6Of = [one.pid, two.pid].map((pid) => engineOf(pid) ?? 0)
    process.kill(k6Of[1]!, 'SIGKILL')
    const [collected, ...ends] = await Promise.all([running, one, two].map((each) => each.ended))
    await Promise.all(k6Of.map(gone))
    expect([collected?.code, ...ends.map((end) => end.code)]).toEqual([96, 96, 96])
    expect(read(place).record).toMatchObject({
      verdict: 'invalid',
      reasons: [{ code: 'instance-lost', data: { instance: '2', of: 2, how: 'was killed (SIGKILL)' } }],
    })
  })

  test('that others start need nothing but remote write; who never comes is named', async () => {
    const { running, url, place } = await collect('plain', 10, 'script.js', '--wait', '20s')
    const statusOf = async (path: string, init?: RequestInit) => (await fetch(url + path, init)).status
    expect(await statusOf('/healthz')).toBe(200)
    for (const path of ['/', '/api/v1/write', '/api/v1/run'])
      expect(await statusOf(path, { method: 'POST', body: 'x' })).toBe(401)
    const ended = await plain(url, ['plain', '2'], '-e', 'N=10', 'script.js')
    expect(ended.code, ended.err).toBe(0)
    expect((await running.ended).code).toBe(96)
    const { reasons, totals } = read(place).record
    expect(reasons[0]).toMatchObject({
      code: 'instance-lost',
      data: { instance: '1', how: 'never came', othersWentOn: true },
    })
    expect(totals.iterations).toBe(40)
  })

  test('that others start and stop before their end are lost, though they say that they have ended', async () => {
    const { running, url, place } = await collect('stopped', 10, 'timed.js')
    const part = (id: number, stop: number) =>
      plain(
        url,
        ['stopped', String(id)],
        ...['--execution-segment', id === 1 ? '0:1/2' : '1/2:1', '--execution-segment-sequence', '0,1/2,1'],
        ...['-e', `STOP=${stop}`, 'timed.js'],
      )
    const codes = await Promise.all([part(1, 60), part(2, 3)])
    expect(codes.map(({ code }) => code)).toEqual([0, 108])
    expect((await running.ended).code).toBe(96)
    const { reasons, instances } = read(place).record
    expect(reasons).toMatchObject([
      {
        code: 'instance-lost',
        data: { instance: '2', how: expect.stringMatching(/^made load for \d s of the 12 s/) as string },
      },
    ])
    expect(instances.map(({ exit }) => exit)).toEqual([undefined, undefined])
  })

  test('give up a collector that does not come back, and a collector those who do not come', async () => {
    const [dead, alone] = await Promise.all([
      collect('dead', 10, 'script.js'),
      collect('alone', 10, 'script.js', '--wait', '3s'),
    ])
    const part = joined(dead.url, '1/2', 10, '--wait', '8s')
    await part.said(/instance 1 of run dead/)
    dead.running.signal('SIGKILL')
    const [given, collected] = await Promise.all([part.ended, alone.running.ended])
    expect(given.code, given.err).toBe(96)
    expect(given.err).toMatch(/^.*(has not answered|were not there|was not ready) for 8 s \(--wait\)$/m)
    expect(given.err).toMatch(/has not got the end of this instance within 8 s \(--wait\)/)
    expect(collected.code, collected.err).toBe(96)
    expect(read(alone.place).record.instances).toMatchObject([{ lost: 'never came' }, { lost: 'never came' }])
  })

  test('export their spans, each from its own machine, where the collector has --traces', async ({
    onTestFinished,
  }) => {
    const servers = await Promise.all([startFakeCollector(), startFakeCollector()])
    onTestFinished(async () => {
      for (const server of servers) await server.close()
    })
    const results = folder()
    const load = '--profile load --rate 6 --ramp-up 0s --warm-up 0s --duration 4s --ramp-down 0s'
    const told = `boutique ${load} --traces --trace-ratio 1 --run-id traced --expect 2 --listen 127.0.0.1:0`
    const running = startCli(['collect', ...told.split(' '), '--results', results], { env })
    const [, url = ''] = await running.said(/^collecting run \S+ at (http:\S+),/m)
    const parts = servers.map((server, index) =>
      startCli(['run', '--join', url, '--segment', `${index + 1}/2`, '--traces', server.url], { env }),
    )
    await Promise.all([running, ...parts].map((one) => one.ended))
    const place = join(results, 'traced')
    const { record } = read(place)
    expect(record.instances).toMatchObject([{ exit: 0 }, { exit: 0 }])
    for (const [index, server] of servers.entries()) {
      const requests = server.taken().filter(({ kind }) => kind === 3)
      expect(requests.length, `part ${index + 1}`).toBeGreaterThan(0)
      expect(requests.length).toBeLessThanOrEqual(record.instances[index]?.counts?.requests ?? 0)
    }
    // They are in the log of a part until its end, and in that of the run never.
    expect(readFileSync(join(place, 'k6.log'), 'utf8')).not.toMatch(/loadwright.{1,6}span/)
  })

  test('leave a record with a Ctrl-C, too: who never came is in it', async () => {
    const { running, place } = await collect('nobody', 10)
    running.signal('SIGINT')
    expect((await running.ended).code).toBe(105)
    expect(read(place).record).toMatchObject({
      state: 'ended',
      verdict: 'invalid',
      instances: [{ lost: 'never came' }, { id: '2' }],
    })
  })
})

import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { CLASSIC_STATS } from '../../cli/grafana/dialects/classic.ts'
import { aboutProject, filesOf, type File } from '../../cli/grafana/index.ts'
import type { Empty } from '../../cli/grafana/emptyWhenHealthy.ts'
import type { RunRecord } from '../../cli/record/runRecord.ts'
import { debianProgram } from '../engine/debian.ts'
import { bundle, cli, fixture, k6, listen, run, shop } from '../engine/harness.ts'
import { prometheus, type Prometheus } from '../engine/prometheus.ts'
import { shedding } from '../engine/shedding.ts'
import { askInflux, askPrometheus, emptyIn, emptyLists, linesOf, reckoned, type Shown } from './database.ts'
import { explained, figures, panelOfRun, shownOf } from './asRecorded.ts'
import { startInflux } from './influx.ts'
import { startOtlp } from './otlp.ts'
import { dashboardsOf } from './queries.ts'

/** A load run of every phase, in little time. */
const LOAD = [
  '--profile',
  'load',
  '--ramp-up',
  '2s',
  '--warm-up',
  '2s',
  '--duration',
  '10s',
  '--ramp-down',
  '1s',
]
const CANARY = ['--profile', 'canary', '--duration', '12s']
const ERRORS = ['--fault', 'errors=POST /cart:0.3', '--fault', 'latency=/cart/checkout:60']

let files: File[] = []
let listed: Empty[] = []
beforeAll(async () => {
  files = filesOf(await aboutProject(['boutique']))
  const text = files.find(({ path }) => path === 'empty-when-healthy.json')?.text ?? ''
  listed = JSON.parse(text) as Empty[]
})

/** What is excused of some dashboards, for any reason or for this one. */
const excusedOf = (names: readonly Empty['dashboard'][], why = /./): string[] =>
  listed
    .filter((one) => names.includes(one.dashboard) && why.test(one.why))
    .map(({ dashboard, panel }) => `${dashboard} · ${panel}`)
    .sort()

/** What only suites have that drive a browser, or speak more than plain HTTP. */
const special = (...names: Empty['dashboard'][]): string[] =>
  excusedOf(names, /of a run with a browser|only of suites that have them/)

/** That, and what only a history writes. */
const unseen = (): string[] => [...special('compare'), ...excusedOf(['history']), ...special('run')]

/** The time of a canary; that of a week before is the same one, some seconds ago. */
const watched = (record: RunRecord): Shown => shownOf(record, { testid: record.id, week: '5' })

/** Panels of the named dashboards that have no data in some query. */
async function empty(server: Prometheus, dialect: string, names: string[], shown: Shown): Promise<string[]> {
  const ask = askPrometheus(server.url)
  const at = (query: string) => server.query(query, shown.to)
  const found = []
  for (const { name, dashboard } of dashboardsOf(files, dialect).filter(({ name }) => names.includes(name))) {
    const whole = { ...shown, given: await reckoned(dashboard, shown, at) }
    found.push(...(await emptyIn(name, dashboard, whole, ask)))
    found.push(...(await emptyLists(name, dashboard, whole, server.url)))
  }
  return found.sort()
}

/** What only loadwright writes, and the heatmap that plain k6 has no buckets for. */
const OF_LOADWRIGHT = [
  ...['Run', 'Thresholds', 'Failing checks', 'Phases', 'Judged phase', 'All phases'],
  'Times of requests',
]

/** Scrapes of a system under test and of monitors, for a Prometheus that has runs already. */
async function scrape(server: Prometheus): Promise<void> {
  const { out } = await cli(['monitor', 'test', 'boutique', '--series'])
  const published = out.split('\n').filter((line) => line.startsWith('probe_'))
  const metrics = [...published, 'probe_success 1', 'probe_duration_seconds 0.1', ...CONTAINERS].join('\n')
  const target = new URL(await listen(createServer((_, answer) => answer.end(`${metrics}\n`)))).host
  const job = (name: string, where: string) => ({ job_name: name, static_configs: [{ targets: [where] }] })
  const labels = { probe: 'Frankfurt', config_version: '1' }
  const jobs = [
    { ...job('boutique', target), static_configs: [{ targets: [target], labels }] },
    job('prometheus', `127.0.0.1:${server.port}`),
  ]
  writeFileSync(server.config, stringify({ global: { scrape_interval: '1s' }, scrape_configs: jobs }))
  server.running.signal('SIGHUP')
}

/** What cAdvisor, kube-state-metrics and a process say, as far as it is asked for. */
const CONTAINERS = [
  'container_cpu_usage_seconds_total{namespace="shop",pod="a",container="frontend"} 12',
  'container_memory_working_set_bytes{namespace="shop",pod="a",container="frontend"} 1e7',
  'kube_pod_container_status_restarts_total{namespace="shop",pod="a",container="frontend"} 0',
  ...['process_cpu_seconds_total 3', 'process_resident_memory_bytes 1e6', 'process_start_time_seconds 1e9'],
]

/** A run of what most suites have none of: pages, sockets, calls, operations, dropped iterations. */
function everything(...args: string[]): ReturnType<typeof run> {
  const env = {
    K6_BROWSER_EXECUTABLE_PATH: debianProgram('chromium'),
    K6_BROWSER_ARGS: 'no-sandbox',
    K6_BROWSER_HEADLESS: 'true',
  }
  return run([fixture('everything.ts'), '--environment', 'shop', ...args], { env })
}

describe.concurrent('on a real Prometheus', () => {
  test('with native histograms every panel has data, or is listed and has data in another run', async () => {
    const server = await prometheus()
    const native = { files, server, dialect: 'native' }
    const to = ['--remote-write', server.url]
    const { record: healthy } = await run([...LOAD, ...to])
    const alone = shownOf(healthy, { testid: healthy.id })
    const unscraped = ['run · $job', 'run · $namespace']
    const excused = [...excusedOf(['run', 'history']), ...unscraped].sort()
    expect(await empty(server, 'native', ['run', 'history'], alone)).toEqual(excused)
    await agrees(server, healthy)
    await figures(native, healthy)
    await explained(native, healthy)

    await scrape(server)
    const [{ record: faulty }, { record: canary }, { record: whole }] = await Promise.all([
      run([...LOAD, ...ERRORS, ...to]),
      run([...CANARY, ...to]),
      everything(...to),
    ])
    // On a busy machine its verdict may be invalid, which says this all the same.
    expect(faulty.reasons.map(({ code }) => code)).toContain('threshold-crossed')
    await figures(native, faulty)
    await explained(native, faulty)
    // Never a zero because nobody knows which journey the drops were of.
    expect(whole.totals.dropped).toBeGreaterThan(0)
    const drops = await panelOfRun(native, 'Dropped iterations', whole, { journey: 'checkout' })
    expect(drops.map(({ value }) => value)).toEqual([whole.totals.dropped])
    const compared = shownOf(faulty, { testid: faulty.id, base: healthy.id, candidate: faulty.id })
    expect(await empty(server, 'native', ['run', 'compare', 'history'], compared)).toEqual(unseen())
    const { id } = whole
    const alike = shownOf(whole, { testid: id, base: id, candidate: id })
    const ofAll = await empty(server, 'native', ['run', 'compare'], alike)
    expect(ofAll.filter((one) => special('run', 'compare').includes(one))).toEqual([])
    expect(await empty(server, 'native', ['continuous'], watched(canary))).toEqual([])
    const [continuous] = dashboardsOf(files, 'native').filter(({ name }) => name === 'continuous')
    const held =
      continuous &&
      (await linesOf(
        server.url,
        'continuous',
        continuous.dashboard,
        'Passed checks by journey',
        watched(canary),
      ))
    expect(held?.map(({ value }) => Number(value.toFixed(9)))).toEqual([1, 1, 1])
  })

  test('without native histograms, fed by loadwright and by k6 alone', async () => {
    const server = await prometheus({ native: false })
    const classic = { files, server, dialect: 'classic' }
    await scrape(server)
    const to = ['--remote-write', server.url]
    const [{ record: healthy }, { record: canary }, times] = await Promise.all([
      run([...LOAD, ...to]),
      run([...CANARY, ...to]),
      alone(server),
    ])
    const shown = shownOf(healthy, { testid: healthy.id, base: healthy.id, candidate: healthy.id })
    expect(await empty(server, 'classic', ['run', 'compare', 'history'], shown)).toEqual(unseen())
    expect(await empty(server, 'classic', ['continuous'], watched(canary))).toEqual([])
    await figures(classic, healthy)
    await explained(classic, healthy)
    // k6 knows neither verdicts nor what was run, and writes no buckets.
    const ofK6 = await empty(
      server,
      'classic',
      ['run'],
      shownOf({ ...healthy, ...times }, { testid: 'plain' }),
    )
    const own = OF_LOADWRIGHT.map((one) => `run · ${one}`)
    expect(ofK6).toEqual([...special('run'), ...own].sort())
    const plain = { ...healthy, ...times, id: 'plain' }
    const [said] = await panelOfRun(classic, 'Verdict', plain)
    expect(said?.labels).toEqual({ verdict: 'no verdict: plain k6' })
    for (const panel of [
      'Requests',
      'Failed requests',
      'p95 of requests',
      'Passed checks',
      'Failed journeys',
    ])
      expect((await panelOfRun(classic, panel, plain)).map(({ labels }) => labels)).toEqual([{}])
  })

  test('over OpenTelemetry', async () => {
    const server = await prometheus()
    await scrape(server)
    const otlp = await startOtlp(server.url)
    const env = {
      K6_OTEL_EXPORTER_PROTOCOL: 'http/protobuf',
      K6_OTEL_HTTP_EXPORTER_ENDPOINT: otlp.endpoint,
      K6_OTEL_HTTP_EXPORTER_INSECURE: 'true',
      K6_OTEL_EXPORT_INTERVAL: '1s',
    }
    const out = ['--out', 'opentelemetry']
    const [{ record }, { record: canary }] = await Promise.all([
      run([...LOAD, ...out], { env }),
      run([...CANARY, ...out], { env }),
    ])
    await otlp.close()
    const shown = shownOf(record, { testid: record.id, base: record.id, candidate: record.id })
    expect(await empty(server, 'otel', ['run', 'compare', 'history'], shown)).toEqual(
      special('run', 'compare'),
    )
    expect(await empty(server, 'otel', ['continuous'], watched(canary))).toEqual([])
  })

  test('in InfluxDB', async () => {
    const server = await startInflux()
    const to = ['--out', `influxdb=${server.url}/k6`]
    const tunnel = await shedding(await shop(), 10)
    const [{ record }, { record: whole }, { record: shed }] = await Promise.all([
      run([...LOAD, ...ERRORS, '--scale', '0.5', ...to]),
      everything(...to),
      run(['boutique', '--duration', '8s', '--tunnel', tunnel, ...to]),
    ])
    const asked = async (names: string[], { id, ...times }: RunRecord): Promise<string[]> => {
      const shown = shownOf({ id, ...times }, { testid: id, base: id, candidate: id })
      const wanted = dashboardsOf(files, 'influxdb').filter(({ name }) => names.includes(name))
      // What is of the system and of monitors is in a Prometheus, and asked there.
      const own = ['${datasource}']
      const each = wanted.map(({ name, dashboard }) =>
        emptyIn(name, dashboard, shown, askInflux(server), own),
      )
      return (await Promise.all(each)).flat().sort()
    }
    const names = ['run', 'compare', 'history', 'continuous']
    const unseen = [...special('run'), ...excusedOf(['influxdb/run', 'influxdb/compare'])]
    const bare = unseen.map((one) => one.replace('influxdb/', '')).sort()
    // A busy machine has a run drop iterations: then those panels have data.
    const dropped = record.totals.dropped > 0
    expect(await asked(names, record)).toEqual(bare.filter((one) => !dropped || !one.includes('Dropped')))
    const [ofAll, ofTunnel] = [await asked(['run', 'compare'], whole), await asked(['run'], shed)]
    expect(
      bare.filter((one) => ofAll.includes(one) && (ofTunnel.includes(one) || !one.startsWith('run'))),
    ).toEqual([])
    await server.stop()
  })
})

/** Plain k6, for its classic form: gauges of what it has seen so far. Gives when it ran. */
async function alone(server: Prometheus): Promise<Pick<RunRecord, 'startedAt' | 'endedAt'>> {
  const env = {
    BASE_URL: await shop(),
    PROFILE: 'load',
    RAMP_UP: '2s',
    WARM_UP: '2s',
    DURATION: '10s',
    K6_PROMETHEUS_RW_SERVER_URL: server.url,
    K6_PROMETHEUS_RW_PUSH_INTERVAL: '1s',
    K6_PROMETHEUS_RW_TREND_STATS: CLASSIC_STATS.join(','),
  }
  const args = ['run', '-q', '-o', 'experimental-prometheus-rw', '--tag', 'testid=plain', await bundle()]
  const startedAt = new Date().toISOString()
  const { code, err } = await k6(args, { env })
  // How quick the shop is on a busy machine is not what is tried.
  expect([0, 99], err).toContain(code)
  return { startedAt, endedAt: new Date().toISOString() }
}

/** What Prometheus says of a run is what its record says: counts to 2 %, times to the bucket, in which each interpolates. */
async function agrees(server: Prometheus, { id, endedAt = '', agreement, totals }: RunRecord): Promise<void> {
  const at = Date.parse(endedAt) / 1000 + 3
  const value = async (query: string): Promise<number> =>
    Number((await server.query(query.replaceAll('$', `testid="${id}"`), at))[0]?.value?.[1])
  const near = (seen: number, recorded = NaN, by = 0.02): void => {
    expect(Math.abs(seen / recorded - 1), `${seen} and ${recorded}`).toBeLessThanOrEqual(by)
  }
  near(await value('sum(last_over_time(k6_http_reqs_total{$}[5m]))'), agreement?.k6.requests)
  near(await value('sum(last_over_time(k6_iterations_total{$}[5m]))'), totals.iterations)
  const times = 'histogram_quantile(0.95, sum(increase(k6_http_req_duration_seconds{$}[5m])))'
  near((await value(times)) * 1000, agreement?.recorded.p95, 0.09)
  expect(await value('sum(last_over_time(loadwright_run_requests{$}[5m]))')).toBe(totals.requests)
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { encodeWrite, type Pushed } from '../../cli/prometheus/index.ts'
import type { RolloutDecision } from '../../cli/verdict/rollout/decide.ts'
import { cli, folder, project, startCli, STACK, type Ended, type Running } from './harness.ts'
import { prometheus, type Prometheus } from './prometheus.ts'
import { webhook } from './webhook.ts'

/** What a version is: its requests per second, the share of them that fails, and seconds that one takes. */
interface Version {
  readonly requests: number
  readonly failing: number
  readonly seconds: number
}

/** v2 is like v1, v3 is slower and fails, v4 gets no requests, and of v5 there is nothing. */
const VERSIONS: Readonly<Record<string, Version>> = {
  v1: { requests: 100, failing: 0.01, seconds: 0.2 },
  v2: { requests: 10, failing: 0.01, seconds: 0.2 },
  v3: { requests: 10, failing: 0.04, seconds: 0.3 },
  v4: { requests: 0, failing: 0.01, seconds: 0.2 },
}

/** Seconds of samples, four in each: those of the whole test are there when it begins, however busy the machine is. */
const [BEFORE, AFTER, EACH] = [10, 240, 4]

function series(now: number): Pushed[] {
  return Object.entries(VERSIONS).flatMap(([version, { requests, failing, seconds }], index) => {
    const names = ['requests_total', 'errors_total', 'duration_seconds_sum', 'duration_seconds_count']
    const totals = [0, 0, 0, 0]
    const samples = names.map((): { at: number; value: number }[] => [])
    for (let step = 0; step < (BEFORE + AFTER) * EACH; step++) {
      const wave = (phase: number): number => 1 + 0.02 * Math.sin(step * 1.7 + index + phase)
      const made = (requests / EACH) * wave(0)
      const more = [made, made * failing * wave(1), made * seconds * wave(2), made]
      for (const [at, amount] of more.entries()) {
        totals[at] = (totals[at] ?? 0) + amount
        samples[at]?.push({ at: now + (step / EACH - BEFORE) * 1000, value: totals[at] ?? 0 })
      }
    }
    return names.map((name, at) => ({
      name,
      labels: { version },
      samples: samples[at] ?? [],
      histograms: [],
    }))
  })
}

/** Routes of a shop, and their requests per second in the ten minutes before the test. */
const ROUTES: readonly [method: string, route: string, status: string, perSecond: number][] = [
  ['GET', '/product/{id}', '200', 4],
  ['GET', '/cart', '200', 2],
  ['POST', '/cart', '302', 1],
  ['GET', '/product/{id}', '404', 1],
]
const SCRAPE_SECONDS = 15

const scraped = (now: number): Pushed[] =>
  ROUTES.map(([method, route, status, perSecond]) => ({
    name: 'http_requests_total',
    labels: { method, route, status },
    samples: Array.from({ length: 41 }, (_, index) => ({
      at: now + (index - 40) * SCRAPE_SECONDS * 1000,
      value: 1000 + index * perSecond * SCRAPE_SECONDS,
    })),
    histograms: [],
  }))

const rate = (metric: string): string => `sum(rate(${metric}{version="$version"}[2s]))`
const ASKED = [
  ...['--query', `error rate=${rate('errors_total')} / ${rate('requests_total')}`],
  ...['--query', `mean time=${rate('duration_seconds_sum')} / ${rate('duration_seconds_count')}`],
  ...['--interval', '2s', '--for', '16s'],
]

let server: Prometheus
beforeAll(async () => {
  server = await prometheus()
  for (const pushed of [scraped(Date.now()), series(Date.now())]) {
    const { status } = await fetch(server.url, {
      method: 'POST',
      body: Buffer.from(encodeWrite(pushed)),
      headers: { 'content-encoding': 'snappy' },
    })
    expect(status).toBe(204)
  }
})

interface Watched extends Ended {
  decision: RolloutDecision
  hooks: string
}

function start(canary: string, ...args: string[]): { running: Running; watched: () => Promise<Watched> } {
  const [results, seen] = [folder(), join(folder(), 'hooks')]
  const hook = (name: string): string => `echo "${name} $LOADWRIGHT_DECIDED $LOADWRIGHT_CANARY" >> ${seen}`
  const hooks = ['promote', 'hold', 'rollback'].flatMap((name) => [`--on-${name}`, hook(name)])
  const base = [
    'watch',
    '--canary',
    canary,
    '--stable',
    'v1',
    '--prometheus',
    `http://127.0.0.1:${server.port}`,
  ]
  const running = startCli([...base, ...ASKED, '--results', results, ...hooks, ...args])
  return {
    running,
    async watched() {
      const ended = await running.ended
      const [id = ''] = readdirSync(results)
      const decision = JSON.parse(readFileSync(join(results, id, 'watch.json'), 'utf8')) as RolloutDecision
      let hooks = ''
      try {
        hooks = readFileSync(seen, 'utf8')
      } catch {
        // No hook was run.
      }
      expect(ended.out + ended.err).not.toMatch(STACK)
      return { ...ended, decision, hooks }
    },
  }
}

test('versions on a real Prometheus are promoted, rolled back and held; their hooks are run once', async () => {
  const { url, told } = await webhook()
  const notify = ['--notify', `json:${url}`]
  const [same, worse, idle, absent] = await Promise.all([
    start('v2', ...notify).watched(),
    start('v3', '--format', 'json', '--on-rollback', 'exit 3', ...notify).watched(),
    start('v4', '--format', 'markdown', ...notify).watched(),
    start('v5', '--notify', 'http://127.0.0.1:1').watched(),
  ])
  expect(told.map(({ body }) => [body.verdict, body.title]).sort()).toEqual([
    ['fail', 'Roll back, but the hook failed: v3'],
    ['inconclusive', 'Hold: v4'],
  ])
  expect(absent.err).toMatch(/^not told the webhook at 127\.0\.0\.1:1: it does not answer \(ECONNREFUSED\)$/m)
  expect([same.code, same.decision.decision, same.hooks]).toEqual([0, 'promote', 'promote promote v2\n'])
  expect(same.out).toMatch(/^Promote: not worse by more than is tolerated: error rate, mean time\n/)
  expect(same.err).toMatch(/^look 3 of 8: error rate 0\.0\d+ \/ 0\.0\d+, mean time 0\.\d+ \/ 0\.\d+$/m)
  expect([worse.code, worse.decision.decision]).toEqual([94, 'roll back'])
  expect(JSON.parse(worse.out)).toEqual(worse.decision)
  expect(worse.decision.looks).toBeLessThan(8)
  expect(worse.err).toContain(
    'The hook failed: it ended with exit code 3. THE CANARY MAY STILL GET REQUESTS.',
  )
  expect([idle.code, idle.decision.decision, idle.hooks]).toEqual([95, 'hold', 'hold hold v4\n'])
  expect(idle.out).toContain('error rate: no figure of the canary in 8 of 8 looks: NaN is no number of v4')
  expect([absent.code, absent.hooks]).toEqual([95, 'hold hold v5\n'])
  expect(absent.decision.reasons.map(({ code }) => code)).toEqual(['canary-no-data', 'canary-no-data'])
})

test('what Prometheus cannot answer is refused before anything is watched, and no hook is run', async () => {
  const { running } = start(
    'v2',
    '--query',
    'broken=sum({version="$version"',
    '--query',
    'many={version="$version"}',
  )
  const { code, out, err } = await running.ended
  expect([code, out]).toEqual([104, ''])
  expect(err).toMatch(/broken: the server answers 400 \(.*parse error/)
  expect(err).toContain('many: the server gives 4 series, not one: put sum(…) or avg(…) around it')
})

test('request rates of a real Prometheus become a suite that builds, and is replayed', async () => {
  const cwd = project({})
  const [url, until] = [`http://127.0.0.1:${server.port}`, new Date(Date.now() - 60_000).toISOString()]
  const asked = async (query: string, ...args: string[]): Promise<Ended> =>
    cli(['import', url, '--query', query, '--from', '6m', '--to', until, '--step', '15s', ...args], { cwd })
  const rates = await asked('sum by (method, route, status) (rate(http_requests_total[1m]))')
  expect([rates.code, rates.err]).toEqual([0, ''])
  expect(rates.out).toMatch(/^suites\/production\.ts: 2 journeys, 2 requests, 2 checks/)
  expect(rates.out).toMatch(/ {2}\/product\/:id +57 % +67 % [^]* {2}requests per second, mean +7\/s +6\/s/)
  expect(rates.out).toContain('bursts shorter than a step of 15s')
  expect(rates.out).toMatch(/requests that were answered 4xx: \d/)
  const run = await cli(['run', 'production', '--profile', 'replay', '--dry-run'], { cwd })
  expect([run.code, run.err]).toEqual([0, ''])
  const counters = await asked('http_requests_total', '--name', 'counters', '--dry-run')
  expect(counters.out).toContain('the series are counters')
  expect(counters.out).toMatch(/requests per second, mean +7\/s +6\/s/)
  const wrong = await asked('sum by (', '--dry-run')
  expect([wrong.code, wrong.out]).toEqual([104, ''])
  expect(wrong.err).toMatch(/^the Prometheus at 127\.0\.0\.1:\d+ answers 400 \(.*parse error/)
})

test('Ctrl-C decides nothing; a Prometheus that goes away is a hold', async () => {
  const stopped = start('v2')
  const told = start('v2', '--on-interrupt', 'echo interrupted >&2')
  const lost = start('v2', '--interval', '2s', '--for', '2m')
  const all = [stopped, told, lost]
  await Promise.all(all.map(({ running }) => running.said(/look 1 of/)))
  for (const { running } of [stopped, told]) running.signal('SIGINT', 'group')
  await server.stop()
  const [first, second, third] = await Promise.all(all.map(({ watched }) => watched()))
  expect([first?.code, first?.hooks, first?.decision.decision]).toEqual([105, '', 'hold'])
  expect([second?.code, second?.hooks]).toEqual([105, ''])
  expect(second?.err).toMatch(/^interrupted$/m)
  expect([third?.code, third?.hooks]).toEqual([95, 'hold hold v2\n'])
  expect(third?.decision.reasons).toMatchObject([{ code: 'unanswered' }])
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifestOf, type K6Options } from '../../cli/build/manifest.ts'
import { walkSuite } from '../../cli/build/walk.ts'
import { doubtsOf, forensicsOf, loadBegan, watchGenerator } from '../../cli/forensics/index.ts'
import { startReceiver, total } from '../../cli/record/index.ts'
import type { Timeline } from '../../cli/record/timeline.ts'
import { recorderEnvironment } from '../../cli/run/command.ts'
import { readConsole } from '../../cli/run/console.ts'
import { checksOf, thresholdsOf, type SummaryExport } from '../../cli/run/summary.ts'
import { judge, type Judgement } from '../../cli/run/verdict.ts'
import { evaluate } from '../../testing/evaluate.ts'
import { bundle, fixture, folder, start, startCli } from './harness.ts'

/** A run of the fixture `failing.ts` on a shop with faults, and what is said of it. */
export interface ExplainedRun extends ReturnType<typeof forensicsOf> {
  console: string
  judgement: Judgement
}

/** What happens to the shop while it is loaded: seconds after k6 was started, new faults or its end. */
export interface Trouble {
  after: number
  faults?: readonly string[]
  dies?: true
}

/** Runs the fixture under settings, with the recorder, the generator's watcher and one-second windows. */
export async function explained(
  settings: Readonly<Record<string, string>>,
  faults: readonly string[] = [],
  troubles: readonly Trouble[] = [],
  seed = 1,
): Promise<ExplainedRun> {
  const code = await bundle(fixture('failing.ts'))
  const place = folder()
  const target = startCli([
    ...['shop', '--port', '0', '--seed', `${seed}`],
    ...faults.flatMap((fault) => ['--fault', fault]),
  ])
  const [url] = await target.said(/http:\S+/)
  const env = { BASE_URL: url, CHECK_ROWS: 'off', SEED: `${seed}`, SUMMARY: 'none', ...settings }
  const text = readFileSync(code, 'utf8')
  const evaluated = await evaluate(text, { env })
  const manifest = manifestOf(
    evaluated,
    { source: 'failing.ts', code: text, baked: {} },
    await walkSuite(evaluated, evaluated.exports.options as K6Options),
  )
  const receiver = await startReceiver()
  const began = Date.now()
  const k6 = start(
    process.env.K6_BIN ?? 'k6',
    [
      ...['run', '--console-output', join(place, 'console.log')],
      ...['--summary-export', join(place, 'k6-summary.json'), '--out', 'experimental-prometheus-rw'],
      ...Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
      code,
    ],
    { env: { ...recorderEnvironment(receiver.url), K6_NO_USAGE_REPORT: 'true', K6_LOG_FORMAT: 'text' } },
  )
  const watch = watchGenerator(k6.pid)
  const timers = troubles.map(({ after, faults, dies }) =>
    setTimeout(() => {
      if (dies) target.signal('SIGKILL')
      else void fetch(`${url}/_faults`, { method: 'PUT', body: JSON.stringify(faults) })
    }, after * 1000),
  )
  const windows: { at: number; sent: number; failed: number }[] = []
  const look = setInterval(() => {
    const sent = total(receiver.store, 'http_reqs')
    windows.push({
      at: Date.now(),
      sent,
      failed: total(receiver.store, 'http_reqs', { expected_response: 'false' }),
    })
  }, 1000)
  const { code: exit } = await k6.ended
  clearInterval(look)
  timers.forEach(clearTimeout)
  const watched = watch.stop()
  await receiver.close()
  target.signal('SIGKILL')
  const console = readFileSync(join(place, 'console.log'), 'utf8')
  const summary = JSON.parse(readFileSync(join(place, 'k6-summary.json'), 'utf8')) as SummaryExport
  const { pools, options, phases } = manifest
  const [checks, thresholds] = [checksOf(summary), thresholdsOf(summary)]
  const facts = {
    ...{ store: receiver.store, summary, checks, thresholds, pools, phases, judged: ['steady'] },
    ...{ scenarios: options.scenarios, timeline: timelineOf(windows) },
    ...{ launched: began, start: loadBegan(receiver.store, began), end: Date.now() },
  }
  const judgement = judge({
    ...{ k6: exit ?? undefined, interrupted: false, thresholds, script: false, replaced: false },
    ...{ singlePass: false, checks: 1, failedChecks: 0, tunnelErrors: 0, rows: [], targets: [] },
    ...{
      iterations: total(receiver.store, 'iterations'),
      dropped: total(receiver.store, 'dropped_iterations'),
    },
    ...doubtsOf(facts, watched),
  })
  return { ...forensicsOf(readConsole(console).failures, facts), console, judgement }
}

function timelineOf(seen: readonly { at: number; sent: number; failed: number }[]): Timeline {
  const windows = seen.slice(1).map(({ sent, failed, at }, index) => ({
    ...{ at: Math.round(at / 1000) - 1, count: sent - (seen[index]?.sent ?? 0) },
    failed: failed - (seen[index]?.failed ?? 0),
  }))
  const none = windows.map(() => null)
  const times = { p50: none, p95: none, p99: none }
  const others = {
    iterations: none,
    dropped: none,
    checks: none,
    failedChecks: none,
    vus: none,
    vusMax: none,
  }
  return {
    ...{ window: 1, at: windows.map(({ at }) => at), ...others, journeys: [], steps: [], own: [] },
    requests: {
      count: windows.map(({ count }) => count),
      failed: windows.map(({ failed }) => failed),
      ...times,
    },
  }
}

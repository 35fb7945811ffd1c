import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifestOf } from '../../cli/project/build/manifest.ts'
import { walkSuite } from '../../cli/project/build/suiteWalk.ts'
import { watchGenerator } from '../../cli/verdict/forensics/generator.ts'
import { doubtsOf, forensicsOf, loadBegan } from '../../cli/verdict/forensics/index.ts'
import { openRecorder, total } from '../../cli/record/index.ts'
import { recorderEnvironment } from '../../cli/project/command.ts'
import { readConsole } from '../../cli/k6/console.ts'
import { checksOf, thresholdsOf, type SummaryExport } from '../../cli/k6/summary.ts'
import { judge } from '../../cli/verdict/verdict.ts'
import type { Reason } from '../../cli/record/reason.ts'
import type { Judgement } from '../../cli/verdict/rules/rule.ts'
import { evaluate } from '../../testing/evaluate.ts'
import { bundle, fixture, folder, start, startCli } from './harness.ts'
import type { SuiteOptions } from '../../cli/record/manifest.ts'

/** A run of the fixture `failing.ts` on a shop with faults, and what is said of it. */
export interface ExplainedRun extends ReturnType<typeof forensicsOf> {
  console: string
  judgement: Judgement & { notes: Reason[] }
  /** When the troubles came: seconds since the load began. */
  came: readonly number[]
}

/** What happens to the shop while it is loaded: seconds after k6's first push, new faults or its end. */
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
    await walkSuite(evaluated, evaluated.exports.options as SuiteOptions, text),
  )
  let timers: NodeJS.Timeout[] | undefined
  const times: number[] = []
  const trouble = () =>
    troubles.map(({ after, faults, dies }) =>
      setTimeout(() => {
        times.push(Date.now())
        if (dies) target.signal('SIGKILL')
        else void fetch(`${url}/_faults`, { method: 'PUT', body: JSON.stringify(faults) })
      }, after * 1000),
    )
  const recorder = await openRecorder({
    folder: place,
    windowSeconds: 1,
    onChanges: () => (timers ??= trouble()),
  })
  const began = Date.now()
  const k6 = start(
    process.env.K6_BIN ?? 'k6',
    [
      ...['run', '--console-output', join(place, 'console.log')],
      ...['--summary-export', join(place, 'k6-summary.json'), '--out', 'experimental-prometheus-rw'],
      ...Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
      code,
    ],
    { env: { ...recorderEnvironment(recorder.url), K6_NO_USAGE_REPORT: 'true', K6_LOG_FORMAT: 'text' } },
  )
  const watch = watchGenerator([k6.pid])
  const { code: exit } = await k6.ended
  timers?.forEach(clearTimeout)
  const watched = watch.stop()
  await recorder.close()
  target.signal('SIGKILL')
  const console = readFileSync(join(place, 'console.log'), 'utf8')
  const summary = JSON.parse(readFileSync(join(place, 'k6-summary.json'), 'utf8')) as SummaryExport
  const { pools, options, phases } = manifest
  const [checks, thresholds] = [checksOf(summary), thresholdsOf(summary)]
  const loaded = loadBegan(recorder.store, began)
  const facts = {
    store: recorder.store,
    summary,
    checks,
    thresholds,
    pools,
    phases,
    judged: ['steady'],
    scenarios: options.scenarios,
    timeline: recorder.timeline(),
    launched: began,
    start: loaded,
    end: Date.now(),
  }
  const judgement = judge({
    k6: exit ?? undefined,
    interrupted: false,
    thresholds,
    script: false,
    replaced: false,
    singlePass: false,
    checks: 1,
    failedChecks: 0,
    tunnelErrors: 0,
    rows: [],
    targets: [],
    iterations: total(recorder.store, 'iterations'),
    dropped: total(recorder.store, 'dropped_iterations'),
    ...doubtsOf(facts, watched),
  })
  const came = times.map((at) => (at - loaded) / 1000)
  return { ...forensicsOf(readConsole(console).failures, facts), console, judgement, came }
}

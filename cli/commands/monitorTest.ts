import { join } from 'node:path'
import type { Command } from 'commander'
import { formatDuration, parseDuration } from '../../config/duration.ts'
import { quote, type Problem } from '../../config/problem/problem.ts'
import { EXIT, packageRoot, refuse } from '../base/index.ts'
import { findEngine, progressTo } from '../k6/index.ts'
import {
  availability,
  agentJson,
  lineOfMany,
  observe,
  prepared,
  agentSeriesText,
  temporaryFolder,
  agentText,
  type Observation,
  type PreparedCheck,
} from '../monitor/index.ts'
import { readProject, TIMEOUT } from '../project/index.ts'
import { abortable, endable } from './abort.ts'
import { collectOption } from './options.ts'
import { out, say } from './output.ts'

interface Flags {
  baseUrl?: string
  environment?: string
  set?: string[]
  fault?: string[]
  timeout?: string
  watch?: string
  series?: true
  keep?: true
  json?: true
}

/** `loadwright monitor test`: a suite as Synthetic Monitoring's agent would run and judge it, on this machine. */
export function addMonitorTest(monitor: Command): void {
  monitor
    .command('test')
    .description('Run a suite as the monitoring agent does, and judge it by its rules')
    .argument('[suite]', 'a suite’s name or file, or any k6 script; the project’s own suite if left out')
    .option('--base-url <url>', 'the target to bake; the embedded shop if left out')
    .option('--environment <name>', 'the environment to bake; the one that knows the target if left out')
    .option('--set <KEY=VALUE>', 'a further setting to bake; repeatable', collectOption)
    .option('--fault <fault>', 'make the embedded shop misbehave; repeatable', collectOption)
    .option(
      '--timeout <duration>',
      `when the check is killed (${formatDuration(TIMEOUT.scripted)}; of a browser ${formatDuration(TIMEOUT.browser)})`,
    )
    .option('--watch <runs>', 'run it so many times, and say how often it was up')
    .option('--series', 'list the series that are published')
    .option('--keep', 'keep the temporary folder: what was run, its log, its samples')
    .option('--json', 'what it came to, as JSON')
    .addHelpText(
      'after',
      `
A check is up unless the script throws, fails the run, or is killed. Failed checks and thresholds do not count.

Examples:
  loadwright monitor test                                      on the embedded shop
  loadwright monitor test boutique --base-url https://shop.example.com --timeout 30s
  loadwright monitor test --fault errors=/cart/checkout:1      see a check go down
  loadwright monitor test --watch 10                           is it up every time?
  loadwright monitor test script.js                            any k6 script, as it is
  API_TOKEN=… loadwright monitor test presets/status.yaml      a preset; k6/secrets has the variables that it reads

Exit codes: 0 up · 99 down, or nothing published · 104 refused · 105 interrupted`,
    )
    .action(async (suite: string | undefined, flags: Flags) => {
      process.exitCode = await monitorTest(suite, flags)
    })
}

async function monitorTest(name: string | undefined, flags: Flags): Promise<number> {
  const { timeout, runs } = read(flags)
  const project = await readProject()
  const temporary = temporaryFolder(flags.keep)
  const wish = {
    name,
    timeout,
    baseUrl: flags.baseUrl,
    environment: flags.environment,
    set: flags.set ?? [],
    faults: flags.fault ?? [],
    shell: process.env,
  }
  try {
    return await abortable((signal) =>
      prepared(project, wish, { folder: temporary.path, say, building: endable }, async (script) => {
        const engine = await findEngine({
          env: process.env,
          packageRoot,
          signal,
          ...progressTo(process.stderr),
        })
        const all: Observation[] = []
        const { timeout, secrets } = script
        for (let run = 1; run <= runs; run++) {
          const folder = join(temporary.path, `run-${run}`)
          const seen = await observe({ engine, code: script.code, secrets, folder, timeout, signal })
          all.push(seen)
          if (flags.watch !== undefined && !flags.json) out(lineOfMany(seen, run, runs))
        }
        print(script, all, flags)
        return availability(all) === 1 ? EXIT.pass : EXIT.fail
      }),
    )
  } finally {
    temporary.remove()
    if (flags.keep) say(`kept: ${temporary.path}`)
  }
}

function print(script: PreparedCheck, all: readonly Observation[], flags: Flags): void {
  const [last] = all.slice(-1)
  if (last === undefined) return
  const share = availability(all)
  if (flags.json) {
    const runs = all.map((seen) => agentJson(script, seen, script.timeout, flags.series === true))
    out(JSON.stringify(flags.watch === undefined ? runs[0] : { runs, availability: share }, undefined, 2))
    return
  }
  if (flags.watch === undefined) out(agentText(script, last, script.timeout))
  else {
    const up = Math.round(share * all.length)
    out(`available ${(share * 100).toFixed(1)} %: up ${up} of ${all.length} times · SHA-256 ${script.sha256}`)
  }
  if (flags.series) out(`\n${agentSeriesText(last.series)}`)
}

/** The timeout (milliseconds) and the number of runs. Throws UserError with every problem. */
function read({ timeout: text, watch = '1' }: Flags): { timeout: number | undefined; runs: number } {
  const timeout = text === undefined ? undefined : (parseDuration(text) ?? NaN)
  const runs = /^[1-9]\d{0,3}$/.test(watch) ? Number(watch) : NaN
  const problems: Problem[] = []
  if (text !== undefined && !(Number(timeout) >= TIMEOUT.least && Number(timeout) <= TIMEOUT.most))
    problems.push({
      where: '--timeout',
      got: quote(text),
      allowed: `a duration from ${formatDuration(TIMEOUT.least)} to ${formatDuration(TIMEOUT.most)}, such as 15s`,
    })
  if (Number.isNaN(runs))
    problems.push({ where: '--watch', got: quote(watch), allowed: 'a whole number from 1 to 9999' })
  refuse(problems)
  return { timeout, runs }
}

import { join, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { formatDuration } from '../../config/duration.ts'
import { quote } from '../../config/problem/problem.ts'
import { AB_FILE, atomicWrite, EXIT, refusal } from '../base/index.ts'
import { whileNotStopped } from '../k6/index.ts'
import { estimate, readProject } from '../project/index.ts'
import { abJunit, abMarkdown, abNotice, abProgress, abText, scheduleText } from '../report/index.ts'
import { makeRunFolder, newRunId, runPairs } from '../run/index.ts'
import { orderOf, PAIR_LIMITS, type AbPlan, type AbResult } from '../verdict/index.ts'
import { abortable, endable } from './abort.ts'
import { planSides, type PlannedSide } from './abPlan.ts'
import { sidesOf, type SideFlags } from './abSides.ts'
import { readySides } from './abTargets.ts'
import { durationOf } from './durations.ts'
import { formatNamed } from './format.ts'
import { notifierOf, sayReceivers, withNotify, type NotifyFlags } from './notified.ts'
import { collectOption, runAction, toldOf, withSettings } from './options.ts'
import { out, say } from './output.ts'
import { readyEngine } from './readyEngine.ts'
import { tellOfTest } from './tellOfTest.ts'

interface Flags extends SideFlags, NotifyFlags {
  pairs: string
  fixed?: true
  readyTimeout: string
  env?: string[]
  results: string
  format: string
  all?: true
  dryRun?: true
}

const FORMATS = {
  text: abText,
  json: (result) => JSON.stringify(result, undefined, 2),
  markdown: abMarkdown,
  junit: abJunit,
} as const satisfies Record<string, (result: AbResult, all: boolean) => string>

/** `loadwright ab`: loads two targets in turn, pair by pair, and says whether the candidate is worse: exit code 0, 99, 95 or 96. */
export function addAb(program: Command): void {
  withNotify(
    withSettings(
      program
        .command('ab')
        .description('Load two targets in turn on one machine: is the candidate worse?')
        .argument('[suite]', 'a suite’s name or file, or any k6 script; the project’s own suite if left out')
        .argument('[k6-arguments...]', 'after --: further arguments for k6'),
    ),
  )
    .option('--base <URL>', 'the target as it was; of a command, where it answers (http://127.0.0.1:{port})')
    .option('--candidate <URL>', 'the target that is judged')
    .option('--base-command <command>', 'starts the base; {port}, or the variable PORT, is a free port')
    .option('--candidate-command <command>', 'starts the candidate')
    .option(
      '--base-ref <ref>',
      'the base is this commit, checked out beside; the candidate then is this folder',
    )
    .option('--candidate-ref <ref>', 'the candidate is this commit')
    .option('--start <command>', 'starts the target of a commit')
    .option('--build <command>', 'builds a commit after it was checked out')
    .option('--base-fault <fault>', 'a fault of the embedded shop as the base; repeatable', collectOption)
    .option('--candidate-fault <fault>', 'a fault of it as the candidate; repeatable', collectOption)
    .addOption(
      new Option(
        '--pairs <number>',
        `pairs of runs, declared beforehand: ${PAIR_LIMITS.least} to ${PAIR_LIMITS.most}`,
      ).default(String(PAIR_LIMITS.pairs)),
    )
    .option(
      '--fixed',
      'make all pairs; otherwise the test may end as soon as more would not change the answer',
    )
    .option('--ready-timeout <duration>', 'for a target that a command starts, until it answers', '60s')
    .option('-e, --env <KEY=VALUE>', 'a variable for the script, as k6’s own -e; repeatable', collectOption)
    .option('--results <folder>', 'where the folder of the test is made', 'results')
    .option('--format <format>', Object.keys(FORMATS).join(', '), 'text')
    .option('--all', 'every row, not only those that matter')
    .option('--dry-run', 'print the schedule, the targets and how long it takes; send nothing')
    .addHelpText(
      'after',
      `
Without a target both sides are the embedded shop.

Examples:
  loadwright ab --profile load --duration 30s --candidate-fault latency=/cart/checkout:60
  loadwright ab boutique --profile load --base https://blue.example.com --candidate https://green.example.com
  loadwright ab --base-command 'node old/server.js' --candidate-command 'node new/server.js'
  loadwright ab --base-ref main --build 'npm ci' --start 'npm start -- --port {port}'
  loadwright ab --notify SLACK_WEBHOOK_URL --base https://blue.example.com --candidate https://green.example.com
  loadwright ab --pairs 12 --fixed --format markdown >> "$GITHUB_STEP_SUMMARY"

Exit codes: 0 not worse · 95 cannot tell · 96 invalid · 99 worse · 104 refused · 105 interrupted`,
    )
    .action(runAction(ab))
}

async function ab(suite: string | undefined, more: readonly string[], flags: Flags): Promise<number> {
  const write = formatNamed(FORMATS, flags.format)
  const pairs = pairsOf(flags.pairs)
  const patienceMs = durationOf('--ready-timeout', flags.readyTimeout)
  const specs = sidesOf(flags)
  const project = await readProject()
  const notifier = notifierOf(flags, project.config.notify)
  const { told, env } = toldOf(flags)
  const planned = await endable(() => planSides(project, suite, { specs, told, env, more }))
  const { manifest, settings } = planned.base.plan
  const id = settings.RUN_ID ?? newRunId(`ab-${manifest.suite}`)
  const plan: AbPlan = {
    id,
    startedAt: new Date().toISOString(),
    suite: manifest.suite,
    profile: settings.PROFILE,
    environment: settings.ENVIRONMENT,
    base: planned.base.label,
    candidate: planned.candidate.label,
    pairs,
    sequential: flags.fixed !== true,
  }
  if (flags.dryRun) {
    sayReceivers(notifier)
    out(dryRunText(plan, planned.base))
    return EXIT.pass
  }
  const engine = await readyEngine(more)
  const folder = await makeRunFolder(resolve(flags.results), id)
  const keep = (result: AbResult): Promise<void> =>
    atomicWrite(join(folder, AB_FILE), `${JSON.stringify(result, undefined, 2)}\n`)
  for (const line of scheduleLines(plan, planned.base)) say(line)
  const result = await whileNotStopped((stopped) =>
    readySides(planned, { folder, build: flags.build, patienceMs, stopped, say }, (sides) =>
      runPairs(plan, {
        sides,
        folder,
        engine,
        env,
        stopped,
        keep,
        abortable,
        more,
        say,
        progress: (so) => say(abProgress(so)),
      }),
    ),
  )
  await keep(result)
  await atomicWrite(join(folder, 'ab.md'), abMarkdown(result))
  await atomicWrite(join(folder, 'ab.xml'), abJunit(result))
  out(write(result, flags.all === true).replace(/\n$/, ''))
  say(`${flags.results}/${id}/${AB_FILE}`)
  await tellOfTest({ exitCode: result.exitCode, notice: (links) => abNotice(result, links) }, notifier)
  return result.exitCode
}

function pairsOf(text: string): number {
  const pairs = Number(text)
  if (Number.isSafeInteger(pairs) && pairs >= PAIR_LIMITS.least && pairs <= PAIR_LIMITS.most) return pairs
  throw refusal([
    {
      where: '--pairs',
      got: quote(text),
      allowed: `a whole number from ${PAIR_LIMITS.least} to ${PAIR_LIMITS.most}`,
    },
  ])
}

function scheduleLines(plan: AbPlan, { plan: { manifest } }: PlannedSide): string[] {
  const { seconds } = estimate(manifest)
  const about = (runs: number): string => formatDuration(seconds * 1000 * runs)
  // A plain script's load is known to k6 alone.
  const lasts =
    seconds === 0 ? '' : `; each run about ${about(1)}, all of them about ${about(2 * plan.pairs)}`
  return [`${scheduleText(plan)}${lasts}`, `base: ${plan.base}`, `candidate: ${plan.candidate}`]
}

/** What a test would do: its schedule, its targets, the order of its runs. */
function dryRunText(plan: AbPlan, side: PlannedSide): string {
  const order = Array.from({ length: plan.pairs }, (_, pair) => orderOf(pair).join(' then '))
  return [...scheduleLines(plan, side), ...order.map((one, pair) => `pair ${pair + 1}: ${one}`)].join('\n')
}

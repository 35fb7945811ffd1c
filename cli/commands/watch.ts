import { join } from 'node:path'
import type { Command } from 'commander'
import { defined, EXIT, refuse } from '../base/index.ts'
import { whileNotStopped } from '../k6/index.ts'
import { readProject } from '../project/index.ts'
import { progressText, rolloutMarkdown, rolloutNotice, rolloutText } from '../report/index.ts'
import { hookOf, type Hooks, keepDecision, newRunId, runHook } from '../run/index.ts'
import type { RolloutDecision } from '../verdict/index.ts'
import { durationOf } from './durations.ts'
import { formatNamed } from './format.ts'
import { notifierOf, sayReceivers, withNotify, type NotifyFlags } from './notified.ts'
import { collectOption, withSettings } from './options.ts'
import { out, say } from './output.ts'
import { tellOfTest } from './tellOfTest.ts'
import { watchPlan, type PlanFlags } from './watchPlan.ts'

interface Flags extends PlanFlags, NotifyFlags {
  onPromote?: string
  onHold?: string
  onRollback?: string
  onInterrupt?: string
  hookTimeout: string
  format: string
  dryRun?: true
}

const FORMATS = {
  text: rolloutText,
  json: (decision) => JSON.stringify(decision, undefined, 2),
  markdown: rolloutMarkdown,
} as const satisfies Record<string, (decision: RolloutDecision) => string>

/** `loadwright watch`: watches a canary beside the stable version: promote, hold, or roll back. */
export function addWatch(program: Command): void {
  withNotify(
    withSettings(
      program
        .command('watch')
        .description(
          'Watch a canary beside the stable version after a deployment: promote, hold or roll back',
        )
        .argument('[suite]', 'a suite’s name or file; the project’s own suite if left out'),
    ),
  )
    .option('--canary <URL|version>', 'the new version: its URL, or with --prometheus how its series name it')
    .option('--stable <URL|version>', 'the version that it is held against, in the same way')
    .option('--for <duration>', 'how long it is watched', '10m')
    .option('--interval <duration>', 'length of a run (30s); with --prometheus time between two looks (1m)')
    .option(
      '--tolerance <change>',
      'by how much times or failures may be worse: +10%, +0.5 points; repeatable',
      collectOption,
    )
    .option('-e, --env <KEY=VALUE>', 'a variable for the script, as k6’s own -e; repeatable', collectOption)
    .option('--prometheus <URL>', 'load nothing; ask this Prometheus or Mimir about both versions')
    .option(
      '--query <name=PromQL>',
      'a figure to ask for, with $version in it; repeatable (watch.metrics in the config)',
      collectOption,
    )
    .option('--traffic <PromQL>', 'what says that the canary gets requests (watch.traffic in the config)')
    .option('--on-promote <command>', 'a shell command for this decision')
    .option('--on-hold <command>', 'a shell command for this decision')
    .option('--on-rollback <command>', 'a shell command for this decision')
    .option(
      '--on-interrupt <command>',
      'a shell command where the watch is interrupted; no other is run then',
    )
    .option('--hook-timeout <duration>', 'how long the command may take', '5m')
    .option('--results <folder>', 'where runs and the decision are kept', 'results')
    .option('--format <format>', Object.keys(FORMATS).join(', '), 'text')
    .option('--dry-run', 'print what would be loaded, asked and run; do nothing')
    .addHelpText(
      'after',
      `
By itself it puts a small load, the profile canary, on both versions in turn, in short runs.

A hook finds the decision as JSON in the file that LOADWRIGHT_DECISION names, and LOADWRIGHT_DECIDED,
LOADWRIGHT_TEXT, LOADWRIGHT_EXIT_CODE, LOADWRIGHT_CANARY and LOADWRIGHT_STABLE. It is run once.
What opens the Prometheus comes from the variables of k6's remote write (K6_PROMETHEUS_RW_BEARER_TOKEN …).

Examples:
  loadwright watch boutique --canary https://canary.example.com --stable https://shop.example.com
  loadwright watch --canary v2 --stable v1 --prometheus http://127.0.0.1:9090 --dry-run
  loadwright watch --canary v2 --stable v1 --prometheus http://127.0.0.1:9090 \\
    --query 'error rate=sum(rate(errors_total{version="$version"}[1m])) / sum(rate(requests_total{version="$version"}[1m]))'
  loadwright watch … --on-promote 'kubectl argo rollouts promote shop' --on-rollback 'kubectl argo rollouts abort shop'
  loadwright watch … --notify SLACK_WEBHOOK_URL

Exit codes: 0 promote · 95 hold · 96 hold, nothing was measured · 99 roll back · 104 refused · 105 interrupted
94: the decision stands, and its hook failed`,
    )
    .action(async (suite: string | undefined, flags: Flags) => {
      process.exitCode = await watch(suite, flags)
    })
}

async function watch(suite: string | undefined, flags: Flags): Promise<number> {
  const write = formatNamed(FORMATS, flags.format)
  const hooks = hooksOf(flags)
  const timeoutMs = durationOf('--hook-timeout', flags.hookTimeout)
  const project = await readProject()
  const notifier = notifierOf(flags, project.config.notify)
  const folder = join(flags.results, newRunId('watch'))
  // Runs of a second on a canary are no runs of the project: none is ever `latest`, or compared with by itself.
  const plan = await watchPlan(project, suite, { ...flags, results: join(folder, 'runs') })
  if (flags.dryRun) {
    sayReceivers(notifier)
    out([...plan.lines, ...hookLines(hooks)].join('\n'))
    return EXIT.pass
  }
  const decision = await whileNotStopped((signal) =>
    plan.run({ signal, tell: (facts) => say(progressText(facts)) }),
  )
  const file = await keepDecision(folder, decision, say)
  out(write(decision).replace(/\n$/, ''))
  if (file !== undefined) say(`kept in ${file}`)
  const hookFailed = await hooked(hooks, { decision, timeoutMs, file })
  const exitCode = hookFailed === undefined ? decision.exitCode : EXIT.hookFailed
  await tellOfTest({ exitCode, notice: (links) => rolloutNotice(decision, { links, hookFailed }) }, notifier)
  return exitCode
}

/** Runs the hook of a decision; gives what is to be said where it failed. */
async function hooked(
  hooks: Hooks,
  about: { decision: RolloutDecision; timeoutMs: number; file: string | undefined },
): Promise<string | undefined> {
  const { decision, timeoutMs, file } = about
  const command = hookOf(hooks, decision)
  if (command === undefined) return undefined
  say(`hook: ${command}`)
  const failed = await runHook({ command, decision, timeoutMs, say, ...defined({ file }) })
  if (failed === undefined) return undefined
  const risk = decision.decision === 'roll back' ? ' THE CANARY MAY STILL GET REQUESTS.' : ''
  const text = `The hook failed: it ${failed}.${risk} The decision stays: ${decision.decision}.`
  say(text)
  return text
}

function hooksOf({ onPromote, onHold, onRollback, onInterrupt }: Flags): Hooks {
  const given = { promote: onPromote, hold: onHold, rollback: onRollback, interrupt: onInterrupt }
  const set = Object.entries(given).filter(([, command]) => command !== undefined)
  refuse(
    set
      .filter(([, command]) => command?.trim() === '')
      .map(([name]) => ({ where: `--on-${name}`, got: 'nothing', allowed: 'a shell command' })),
  )
  return Object.fromEntries(set.map(([name, command]) => [name === 'rollback' ? 'roll back' : name, command]))
}

const hookLines = (hooks: Hooks): string[] => {
  const lines = Object.entries(hooks as Record<string, string>).map(([when, run]) => `on ${when}: ${run}`)
  return lines.length > 0 ? ['', ...lines] : ['', 'no hook: the exit code alone tells']
}

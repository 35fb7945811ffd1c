import type { Command } from 'commander'
import { FAULTS } from '../../shop/index.ts'
import { readProject } from '../build/config.ts'
import { EXIT } from '../errors.ts'
import { findEngine, progressTo } from '../k6/index.ts'
import { packageRoot } from '../package.ts'
import { dryRun } from '../report/dryRun.ts'
import { ending } from '../report/ending.ts'
import { k6Arguments, withoutSecrets } from '../run/command.ts'
import { planRun } from '../run/plan.ts'
import { estimate, estimateText } from '../run/estimate.ts'
import { newRunId, runPlan } from '../run/run.ts'
import { quotaWarnings, tunnelSpec } from '../tunnel/index.ts'
import { abortable, endable } from './abort.ts'
import { collect, runAction, toldOf, withRun } from './options.ts'
import { out, say } from './output.ts'

interface Flags {
  fault?: string[]
  tunnel?: string
  env?: string[]
  results: string
  dryRun?: true
}

/** `loadwright run`: builds a suite, runs it on k6, judges it, leaves a record. */
export function addRun(program: Command): void {
  withRun(program.command('run').description('Run a suite on k6, judge it, leave a record'))
    .option(
      '--fault <fault>',
      `make the embedded shop misbehave; repeatable (${FAULTS.map(({ name }) => name).join(', ')})`,
      collect,
    )
    .option('--dry-run', 'print settings, scenarios and the k6 command; send nothing')
    .addHelpText(
      'after',
      `
Without a target it runs on the embedded shop.

Examples:
  loadwright run                                       smoke test on the embedded shop
  loadwright run boutique --profile load --duration 1m
  loadwright run --base-url https://shop.staging.example.com --environment staging
  loadwright run script.js                             any k6 script: verdict, record, report
  loadwright run --fault latency=/cart/checkout:4000   see a run fail
  loadwright run --tunnel cloudflared                  the same through a public URL

Exit codes: 0 pass · 95 inconclusive · 96 invalid · 99 fail · 104 refused · 105 interrupted`,
    )
    .action(runAction(run))
}

async function run(suite: string | undefined, more: readonly string[], flags: Flags): Promise<number> {
  const project = await readProject()
  const { told, env } = toldOf(flags)
  const extra = { env, more }
  const tunnel = flags.tunnel === undefined ? undefined : tunnelSpec(flags.tunnel)
  const way = { faults: flags.fault ?? [], ...(tunnel ? { tunnel } : {}), ...extra }
  const plan = await endable(() => planRun(project, suite, told, way))
  if (flags.dryRun) {
    const id = plan.settings.RUN_ID ?? newRunId(plan.manifest.suite)
    const folder = `${flags.results}/${id}`
    const args = k6Arguments(plan, { id, folder, bundle: plan.suite.path, ...extra })
    out(dryRun(plan, withoutSecrets(args)))
    return EXIT.pass
  }
  const engine = await abortable((signal) =>
    findEngine({ env: process.env, packageRoot, signal, ...progressTo(process.stderr) }),
  )
  say(
    plan.script === undefined
      ? estimateText(estimate(plan.manifest))
      : `${plan.script} is no suite: run as a plain k6 script, with its own load and thresholds`,
  )
  if (tunnel) for (const warning of quotaWarnings(tunnel, estimate(plan.manifest))) say(warning)
  const { record, folder, own } = await runPlan(plan, {
    ...way,
    engine,
    results: flags.results,
    abortable,
    say,
  })
  out(ending(record, folder, own))
  return record.exitCode
}

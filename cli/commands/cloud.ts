import type { Command } from 'commander'
import { EXIT } from '../base/index.ts'
import {
  beforeText,
  cloudArguments,
  cloudDryRun,
  cloudEnding,
  planCloud,
  prepareCloudRun,
  reachSentence,
  refuseWithout,
  runCloud,
  writeConfig,
} from '../cloud/index.ts'
import { flagPairs } from '../k6/index.ts'
import { estimate, readProject, tunnelSpec, withoutSecrets } from '../project/index.ts'
import { newRunId, quotaWarnings } from '../run/index.ts'
import { abortable, endable } from './abort.ts'
import { tellOfMade } from './afterRun.ts'
import { rowWarnings } from './loadWarnings.ts'
import { notifierOf, sayReceivers, withNotify, type NotifyFlags } from './notified.ts'
import { runAction, toldOf, withRun } from './options.ts'
import { out, say } from './output.ts'
import { readyEngine } from './readyEngine.ts'

interface Flags extends NotifyFlags {
  env?: string[]
  results: string
  timeout?: string
  tunnel?: string
  localExecution?: true
  dryRun?: true
}

/** `loadwright cloud run`: the same bundle in Grafana Cloud, with a verdict and a record. */
export function addCloud(program: Command): void {
  const cloud = program
    .command('cloud')
    .description('Run suites in Grafana Cloud')
    .addHelpText('after', '\nExample:\n  loadwright cloud run --help')
  withNotify(
    withRun(
      cloud
        .command('run')
        .description('Run a suite in Grafana Cloud by k6 cloud run, judge it, leave a record'),
    ),
  )
    .option('--timeout <duration>', 'when the run is aborted (as long as it should last, and 10m)')
    .option('--local-execution', 'execute here, send the metrics to Grafana Cloud')
    .option('--dry-run', 'print settings, scenarios and the k6 command; send nothing, need no token')
    .addHelpText(
      'after',
      `
K6_CLOUD_TOKEN, K6_CLOUD_STACK_ID and K6_CLOUD_PROJECT_ID say for whom, or \`k6 cloud login\`; load zones are under
\`cloud\` in loadwright.config.ts. Of the shell only settings reach the script, and what -e gives. The environment is
dev where none is named and the target is beyond this machine.

Examples:
  loadwright cloud run --profile load --base-url https://shop.ngrok-free.app --dry-run
  loadwright cloud run boutique --profile load --base-url https://shop.ngrok-free.app
  loadwright cloud run boutique --tunnel cloudflared     the embedded shop, behind a public URL
  loadwright cloud run boutique --local-execution        metrics in the cloud, load from here
  loadwright cloud run boutique --notify SLACK_WEBHOOK_URL --base-url https://shop.ngrok-free.app

Exit codes: 0 pass · 95 inconclusive · 96 invalid · 99 fail · 104 refused · 105 interrupted`,
    )
    .action(runAction(run))
}

async function run(suite: string | undefined, more: readonly string[], flags: Flags): Promise<number> {
  const project = await readProject()
  const { told, env } = toldOf(flags)
  const notifier = notifierOf(flags, project.config.notify)
  const spec = flags.tunnel === undefined ? undefined : tunnelSpec(flags.tunnel)
  const way = spec === undefined ? {} : { tunnel: spec }
  const planned = await endable(() =>
    planCloud(project, suite, told, {
      shell: process.env,
      env,
      more,
      local: flags.localExecution === true,
      ...way,
      ...(flags.timeout === undefined ? {} : { timeout: flags.timeout }),
    }),
  )
  const { plan } = planned
  for (const note of planned.notes) say(note)
  for (const line of rowWarnings(plan, { instances: 1, more })) say(`warning: ${line}`)
  const id = plan.settings.RUN_ID ?? newRunId(plan.manifest.suite)
  const config = await writeConfig(project.folder, plan.manifest.suite, planned.cloud)
  const surroundings = { id, env, more, ...(config === undefined ? {} : { config }) }
  const first = await prepareCloudRun(planned, process.env)
  if (flags.dryRun) {
    sayReceivers(notifier)
    const where = { ...surroundings, folder: `${flags.results}/${id}`, bundle: plan.suite.path }
    out(cloudDryRun(plan, withoutSecrets(cloudArguments(planned, where)), first))
    return EXIT.pass
  }
  // A plain script may name stack and project itself.
  refuseWithout(plan.script === undefined ? first.access : { ...first.access, problems: [] })
  const engine = await readyEngine()
  const ready =
    plan.script === undefined
      ? first
      : await prepareCloudRun(planned, process.env, { engine, env: [...env, ...flagPairs(more)] })
  refuseWithout(ready.access)
  for (const line of beforeText(plan, ready)) say(line)
  const { BASE_URL } = plan.settings
  if (!planned.local && !spec) say(await reachSentence(BASE_URL))
  // A public host may be a tunnel's, whoever has opened it.
  for (const warning of quotaWarnings(spec ?? { kind: 'url', url: BASE_URL }, estimate(plan.manifest)))
    say(warning)
  const { access, run: cloud, timeout, thresholds, given: environment } = ready
  const made = await runCloud(planned, {
    ...surroundings,
    engine,
    results: flags.results,
    cloud,
    timeout,
    thresholds,
    say,
    given: environment,
    token: access.token ?? '',
    abortable,
    ...way,
  })
  out(cloudEnding(made.record, made.folder))
  await tellOfMade(made, notifier, flags)
  return made.record.exitCode
}

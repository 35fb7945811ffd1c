import { resolve } from 'node:path'
import { quote } from '../../config/problem/problem.ts'
import { Option, type Command } from 'commander'
import { FAULTS } from '../../shop/index.ts'
import { defined, PAGE_FILE, EXIT, refusal, refuse } from '../base/index.ts'
import {
  BROWSER_SUITE,
  estimate,
  estimateText,
  inSegment,
  planRun,
  readProject,
  segmentOf,
  segmentText,
  tunnelSpec,
  typeErrors,
} from '../project/index.ts'
import { ending, mayOpen, openInBrowser } from '../report/index.ts'
import { noteForwarded, quotaWarnings, runPlan, serverOf, type Finished } from '../run/index.ts'
import {
  argumentsOf,
  collectorOf,
  grafanaOf,
  outputsOf,
  readyGrafana,
  readyOutputs,
  replayQueues,
  warningOf,
  withoutOutputs,
} from '../telemetry/index.ts'
import { abortable, endable } from './abort.ts'
import { printCompared, tellOfMade } from './afterRun.ts'
import { givenAfter } from './givenAfter.ts'
import { joinedRun } from './joined.ts'
import { notifierOf, sayReceivers, withNotify, type NotifyFlags } from './notified.ts'
import { loadWarnings } from './loadWarnings.ts'
import { collectOption, runAction, toldOf, withRun } from './options.ts'
import { out, say } from './output.ts'
import { readyEngine } from './readyEngine.ts'
import { readyServer, withRemoteWrite, type RemoteWriteFlags } from './remoteWrite.ts'
import { runDryText } from './runDry.ts'

interface Flags extends NotifyFlags, RemoteWriteFlags {
  fault?: string[]
  tunnel?: string
  env?: string[]
  results: string
  baselines: string
  record: 'on' | 'off'
  out?: string[]
  requireOut?: true
  traces?: string | true
  annotate?: string | true
  live?: true
  instances?: string
  join?: string
  segment?: string
  region?: string
  wait?: string
  withBrowser?: string | true
  open: boolean
  dryRun?: true
}

/** `loadwright run`: builds a suite, runs it on k6, judges it, leaves a record. */
export function addRun(program: Command): void {
  withRemoteWrite(
    withNotify(withRun(program.command('run').description('Run a suite on k6, judge it, leave a record')))
      .option(
        '--fault <fault>',
        `make the embedded shop misbehave; repeatable (${FAULTS.map(({ name }) => name).join(', ')})`,
        collectOption,
      )
      .addOption(
        new Option('--record <on|off>', 'off: keep no series, only k6’s own figures')
          .choices(['on', 'off'])
          .default('on'),
      ),
  )
    .option(
      '-o, --out <output>',
      'an output of k6’s beside it: opentelemetry, influxdb=URL …; repeatable',
      collectOption,
    )
    .option('--require-out', 'refuse to run if an output accepts no data')
    .option('--traces [URL]', 'export spans over OTLP/HTTP (OTEL_EXPORTER_OTLP_ENDPOINT)')
    .option('--annotate [URL]', 'mark start, phases and verdict in a Grafana (GRAFANA_URL, GRAFANA_TOKEN)')
    .option('--baselines <folder>', 'where baselines lie, to compare the run with', 'baselines')
    .option('--with-browser [suite]', 'a few users in a browser beside the load: another suite (browser)')
    .option('--instances <N>', 'so many k6 on this machine share the load; judged as one run (1)')
    .option('--join <URL>', 'make one part of a run that `loadwright collect` judges (COLLECT_TOKEN)')
    .option('--segment <i/n>', 'which part of how many, with --join: 1/3')
    .option('--region <name>', 'where this part’s load comes from, with --join: a tag of its own')
    .option('--wait <duration>', 'for the others and for the collector, with --join (10m)')
    .option('--live', 'serve a page that follows the run')
    .option('--no-open', 'open no report in the browser where the run did not pass')
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
  loadwright run --remote-write http://127.0.0.1:9090  its series in Prometheus too
  loadwright run --out influxdb=http://127.0.0.1:8086/k6
  loadwright run --profile load --live                 watch it in the browser
  loadwright run --profile stress --instances 4        four k6 on this machine, one verdict
  COLLECT_TOKEN=… loadwright run --join http://collector:9090 --segment 1/3
  loadwright run --profile load --with-browser         and measure pages in a browser meanwhile
  loadwright run --notify SLACK_WEBHOOK_URL            tell the webhook in this variable where it did not pass

Exit codes: 0 pass · 95 inconclusive · 96 invalid · 99 fail · 104 refused · 105 interrupted`,
    )
    .action(runAction(run))
}

async function run(suite: string | undefined, more: readonly string[], flags: Flags): Promise<number> {
  const project = await readProject()
  const { told, env } = toldOf(flags)
  if (flags.join !== undefined)
    return joinedRun(project, suite, more, { ...flags, join: flags.join }, { told, env })
  refuseAlone(flags)
  const outputs = outputsOf(flags.out ?? [], more, process.env)
  const extra = { env, more: withoutOutputs(more) }
  const tunnel = flags.tunnel === undefined ? undefined : tunnelSpec(flags.tunnel)
  const way = { faults: flags.fault ?? [], ...(tunnel ? { tunnel } : {}), ...extra }
  const { record } = flags
  const instances = instancesOf(flags.instances)
  const target = serverOf(flags, say)
  const traces = collectorOf(flags.traces, process.env)
  const warning = traces && warningOf(traces.url)
  if (warning !== undefined) say(warning)
  const grafana = grafanaOf({ url: flags.annotate, env: process.env })
  const notifier = notifierOf(flags, project.config.notify)
  const plan = await endable(() =>
    planRun(project, suite, told, { ...way, spans: traces !== undefined, withBrowser: pagesBeside(flags) }),
  )
  for (const note of plan.notes ?? []) say(note)
  const asked = { instances, more: extra.more }
  for (const line of await loadWarnings(project, plan, asked)) say(`warning: ${line}`)
  if (flags.dryRun) {
    sayReceivers(notifier)
    out(
      await runDryText(plan, {
        env,
        more: [...extra.more, ...argumentsOf(outputs)],
        record,
        instances,
        results: flags.results,
        spans: traces !== undefined,
      }),
    )
    return EXIT.pass
  }
  const engine = await readyEngine(extra.more)
  for (const line of await typeErrors(resolve(plan.manifest.source))) say(`warning: ${line}`)
  const segment = segmentOf(extra.more, plan.manifest.options)
  say(
    plan.script === undefined
      ? `${estimateText(inSegment(estimate(plan.manifest), segment), plan.settings.SCALE)}${segmentText(segment)}`
      : `${plan.script} is no suite: run as a plain k6 script, with its own load and thresholds`,
  )
  if (tunnel) for (const warning of quotaWarnings(tunnel, estimate(plan.manifest))) say(warning)
  const forward = await readyServer(target, flags)
  const { cloud } = project.config
  const required = flags.requireOut === true
  const onto = await endable(() =>
    readyOutputs(outputs, { required, say, env: process.env, ...(cloud ? { cloud } : {}) }),
  )
  const annotate = grafana && (await endable(() => readyGrafana(grafana, { say }))) ? grafana : undefined
  const show = (finished: Finished): void =>
    out(ending(finished.record, finished.folder, finished.own, givenAfter('run')))
  const { record: left, folder } = await runPlan(
    plan,
    {
      ...way,
      engine,
      results: flags.results,
      baselines: flags.baselines,
      record,
      live: flags.live === true,
      instances,
      abortable,
      say,
      more: [...extra.more, ...onto.args],
      k6Environment: onto.env,
      ...defined({ forward, traces, annotate }),
    },
    show,
  )
  const made = { record: left, folder }
  await printCompared(made, flags)
  await tellOfMade(made, notifier, flags)
  if (left.exitCode !== EXIT.pass && flags.open && mayOpen()) await openInBrowser(resolve(folder, PAGE_FILE))
  // The server answers now, and the verdict is out: send the samples that earlier runs could not send.
  if (forward?.answers && left.forward?.queued === 0) {
    const { url: only, access } = forward.target
    const replayed = await abortable((signal) => {
      const until = AbortSignal.any([signal, AbortSignal.timeout(REPLAY_TIMEOUT_MS)])
      return replayQueues({ results: flags.results, only, access, say, signal: until })
    })
    await noteForwarded(flags.results, replayed)
  }
  return left.exitCode
}

/** Flags of a part of a run elsewhere say nothing without it. */
function refuseAlone({ segment, region, wait }: Flags): void {
  refuse(
    Object.entries({ '--segment': segment, '--region': region, '--wait': wait }).flatMap(([where, got]) =>
      got === undefined ? [] : [{ where, got: quote(got), allowed: 'together with --join URL' }],
    ),
  )
}

/** How many k6 are to share the load. */
function instancesOf(given = '1'): number {
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given)
  throw refusal([{ where: '--instances', got: quote(given), allowed: 'a whole number from 1 to 9999' }])
}

/** The suite of pages that runs beside the load, if one was asked for. */
const pagesBeside = ({ withBrowser }: Flags): string | undefined =>
  withBrowser === true ? BROWSER_SUITE : withBrowser

/** Milliseconds for what former runs have left: a CI job has an end; `loadwright forward` has time. */
const REPLAY_TIMEOUT_MS = 30_000

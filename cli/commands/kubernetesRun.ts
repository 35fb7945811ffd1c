import type { Command } from 'commander'
import { runTest } from '../distributed/index.ts'
import { ending } from '../report/index.ts'
import { serverOf } from '../run/index.ts'
import { printCompared, tellOfMade } from './afterRun.ts'
import { durationOf } from './durations.ts'
import {
  placesIn,
  testOf,
  withPlaces,
  whereOf,
  withTest,
  type PlaceFlags,
  type TestFlags,
} from './kubernetesOptions.ts'
import { notifierOf, withNotify, type NotifyFlags } from './notified.ts'
import { readProject } from '../project/index.ts'
import { runAction } from './options.ts'
import { out, say } from './output.ts'
import { readyServer, withRemoteWrite, type RemoteWriteFlags } from './remoteWrite.ts'

interface Flags extends TestFlags, PlaceFlags, NotifyFlags, RemoteWriteFlags {
  results: string
  baselines: string
  keep?: true
  live?: true
  wait: string
}

/** `loadwright kubernetes run`: a test in a cluster from its start to its verdict. */
export function addKubernetesRun(kubernetes: Command): void {
  withRemoteWrite(
    withNotify(
      withPlaces(
        withTest(kubernetes.command('run').description('Run a suite in a cluster, judge it, leave a record')),
      ),
    )
      .option('--results <folder>', 'where run folders are made', 'results')
      .option('--baselines <folder>', 'where baselines lie, to compare the run with', 'baselines')
      .option('--wait <duration>', 'how long runners may be Pending', '10m')
      .option('--keep', 'leave the test’s objects in the cluster'),
  )
    .option('--live', 'serve a page that follows the run')
    .addHelpText(
      'after',
      `
Needs k6-operator in the cluster, and the package @kubernetes/client-node here. Ctrl-C stops the runners and keeps what
was recorded.

Examples:
  loadwright kubernetes run boutique --profile load --instances 4 --base-url http://shop.default.svc
  loadwright kubernetes run boutique --context staging --namespace load --keep --base-url http://shop.default.svc
  loadwright kubernetes run boutique --region eu=staging-eu --region us=staging-us --base-url https://shop.example.com

Exit codes: 0 pass · 95 inconclusive · 96 invalid · 99 fail · 104 refused · 105 interrupted`,
    )
    .action(runAction(run))
}

async function run(suite: string | undefined, more: readonly string[], flags: Flags): Promise<number> {
  const { config } = await readProject()
  const notifier = notifierOf(flags, config.notify)
  const waitMs = durationOf('--wait', flags.wait)
  const planned = await testOf(suite, more, flags)
  const places = await placesIn(flags)
  const target = serverOf({ ...flags, record: 'on' }, say)
  const forward = await readyServer(target, flags)
  const how = {
    results: flags.results,
    baselines: flags.baselines,
    keep: flags.keep === true,
    live: flags.live === true,
    ...(forward ? { forward } : {}),
    waitMs,
    where: whereOf(flags),
    say,
  }
  const made = await runTest(places, planned, how, (finished) =>
    out(ending(finished.record, finished.folder, finished.own)),
  )
  await printCompared(made, flags)
  await tellOfMade(made, notifier, flags)
  return made.record.exitCode
}

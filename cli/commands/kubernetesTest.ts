import type { Command } from 'commander'
import { EXIT } from '../base/index.ts'
import {
  collectTest,
  removeTest,
  runnerLogs,
  statusText,
  type Cluster,
  type Place,
} from '../distributed/index.ts'
import { ending } from '../report/index.ts'
import { printCompared } from './afterRun.ts'
import { placesIn, withPlaces, type PlaceFlags } from './kubernetesOptions.ts'
import { out, say } from './output.ts'

interface CollectFlags extends PlaceFlags {
  results: string
  baselines: string
  collectorSecret?: string
}

/** What is asked of a test that is in a cluster already, by its name: `status`, `logs`, `collect`, `delete`. */
export function addKubernetesTest(kubernetes: Command): void {
  const named = (name: string, description: string, example: string): Command =>
    withPlaces(
      kubernetes
        .command(name)
        .description(description)
        .argument('<test>', 'its name in the cluster: that of its TestRun'),
    )
      .option('--namespace <name>', 'where its objects are (that of the context)')
      .addHelpText('after', `\nExample:\n  loadwright kubernetes ${example}`)
  named('status', 'Say where a test is, and each of its runners', 'status boutique-load').action(
    each(statusText),
  )
  named('logs', 'Print what the runners of a test have written', 'logs boutique-load').action(
    each(runnerLogs),
  )
  named('collect', 'Fetch the record of a test that has ended, and judge it', 'collect boutique-load')
    .option('--results <folder>', 'where run folders are made', 'results')
    .option('--baselines <folder>', 'where baselines lie, to compare the run with', 'baselines')
    .option('--collector-secret <name>', 'the Secret with the collector’s token, under the key token')
    .action(
      act(async (places, test, { results, baselines, collectorSecret }: CollectFlags) => {
        const how = { results, baselines, secret: collectorSecret, say }
        const made = await collectTest(places, test, how, (finished) =>
          out(ending(finished.record, finished.folder, finished.own)),
        )
        await printCompared(made, { results, baselines })
        return made.record.exitCode
      }),
    )
  named('delete', 'Remove the objects of a test', 'delete boutique-load').action(
    each(async (cluster, test) => {
      const removed = await removeTest(cluster, test)
      return removed.length === 0 ? `there is nothing of ${test}` : `removed: ${removed.join(', ')}`
    }),
  )
}

/** The action of a command about a test: `work` gives the exit code. */
const act =
  <Given extends PlaceFlags>(
    work: (places: readonly Place[], test: string, flags: Given) => Promise<number>,
  ) =>
  async (test: string, flags: Given): Promise<void> => {
    process.exitCode = await work(await placesIn(flags), test, flags)
  }

/** The action of a command that prints what `text` gives of a test in each of its clusters. */
const each = (text: (cluster: Cluster, test: string) => Promise<string>) =>
  act(async (places, test) => {
    for (const { region, cluster } of places) {
      if (region !== undefined) out(`${region}:`)
      out(await text(cluster, test))
    }
    return EXIT.pass
  })

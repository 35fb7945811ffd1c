import type { Command } from 'commander'
import { EXIT } from '../base/index.ts'
import {
  clusterOf,
  collectTest,
  removeTest,
  runnerLogs,
  statusText,
  type Cluster,
} from '../kubernetes/index.ts'
import { ending } from '../report/index.ts'
import { endable } from './abort.ts'
import { out, say } from './output.ts'

interface Flags {
  context?: string
  namespace?: string
}

interface CollectFlags extends Flags {
  results: string
  collectorSecret?: string
}

/** What is asked of a test that is in a cluster already, by its name: `status`, `logs`, `collect`, `delete`. */
export function addKubernetesTest(kubernetes: Command): void {
  const named = (name: string, description: string, example: string): Command =>
    kubernetes
      .command(name)
      .description(description)
      .argument('<test>', 'its name in the cluster: that of its TestRun')
      .option('--context <name>', 'the context of the kubeconfig (the current one)')
      .option('--namespace <name>', 'where its objects are (that of the context)')
      .addHelpText('after', `\nExample:\n  loadwright kubernetes ${example}`)
  named('status', 'Say where a test is, and each of its runners', 'status boutique-load').action(
    act(async (cluster, test) => {
      out(await statusText(cluster, test))
      return EXIT.pass
    }),
  )
  named('logs', 'Print what the runners of a test have written', 'logs boutique-load').action(
    act(async (cluster, test) => {
      out(await runnerLogs(cluster, test))
      return EXIT.pass
    }),
  )
  named('collect', 'Fetch the record of a test that has ended, and judge it', 'collect boutique-load')
    .option('--results <folder>', 'where run folders are made', 'results')
    .option('--collector-secret <name>', 'the Secret with the collector’s token, under the key token')
    .action(
      act(async (cluster, test, { results, collectorSecret }: CollectFlags) => {
        const how = { results, secret: collectorSecret, say }
        const { record } = await collectTest(cluster, test, how, (finished) =>
          out(ending(finished.record, finished.folder, finished.own)),
        )
        return record.exitCode
      }),
    )
  named('delete', 'Remove the objects of a test', 'delete boutique-load').action(
    act(async (cluster, test) => {
      const removed = await removeTest(cluster, test)
      out(removed.length === 0 ? `there is nothing of ${test}` : `removed: ${removed.join(', ')}`)
      return EXIT.pass
    }),
  )
}

/** The action of a command about a test: `work` gives the exit code. */
const act =
  <Given extends Flags>(work: (cluster: Cluster, test: string, flags: Given) => Promise<number>) =>
  async (test: string, flags: Given): Promise<void> => {
    process.exitCode = await work(await endable(() => clusterOf(flags)), test, flags)
  }

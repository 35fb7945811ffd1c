import { join } from 'node:path'
import type { Command } from 'commander'
import { EXIT } from '../base/index.ts'
import { kustomizeBase, objectsOf, objectsText } from '../distributed/index.ts'
import { testOf, withTest, type TestFlags } from './kubernetesOptions.ts'
import { runAction } from './options.ts'
import { say } from './output.ts'
import { writeAllNew } from './writeNew.ts'

interface Flags extends TestFlags {
  out?: string
}

/** `loadwright kubernetes render`: the objects of a test as YAML. */
export function addKubernetesRender(kubernetes: Command): void {
  withTest(kubernetes.command('render').description('Print the objects of a test as YAML, for GitOps'))
    .option('--collector-secret <name>', 'the Secret with the collector’s token, under the key token')
    .option('--out <folder>', 'write them there as a Kustomize base')
    .addHelpText(
      'after',
      `
No secret is written: the collector's token is in a Secret of yours, which the first lines tell how to make.

Examples:
  loadwright kubernetes render boutique --profile load --base-url http://shop.default.svc > test.yaml
  loadwright kubernetes render boutique --instances 4 --base-url http://shop.default.svc --out base
  loadwright kubernetes render orders --secret API_TOKEN=orders/token --base-url http://orders.default.svc`,
    )
    .action(runAction(render))
}

async function render(suite: string | undefined, more: readonly string[], flags: Flags): Promise<number> {
  const planned = await testOf(suite, more, flags)
  const test = await planned.test(await planned.started())
  const objects = objectsOf(test)
  if (flags.out === undefined) {
    process.stdout.write(objectsText(test, objects))
    return EXIT.pass
  }
  const folder = flags.out
  const files = kustomizeBase(test, objects).map(({ path, text }) => ({ path: join(folder, path), text }))
  await writeAllNew(files, true)
  say(`${folder}: ${files.length} files; kubectl apply --server-side -k ${folder}`)
  return EXIT.pass
}

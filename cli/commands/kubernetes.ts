import type { Command } from 'commander'
import { addKubernetesRender } from './kubernetesRender.ts'
import { addKubernetesRun } from './kubernetesRun.ts'
import { addKubernetesTest } from './kubernetesTest.ts'

/** `loadwright kubernetes`: a suite on many k6 in a cluster, by k6-operator, as one run. */
export function addKubernetes(program: Command): void {
  const kubernetes = program
    .command('kubernetes')
    .description('Run suites in a Kubernetes cluster by k6-operator, as one run')
    .addHelpText('after', '\nExample:\n  loadwright kubernetes run --help')
  addKubernetesRender(kubernetes)
  addKubernetesRun(kubernetes)
  addKubernetesTest(kubernetes)
  kubernetes.commands.forEach((command) => command.exitOverride())
}

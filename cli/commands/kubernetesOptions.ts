import type { Command } from 'commander'
import { quote } from '../../config/problem/problem.ts'
import { defined, refusal } from '../base/index.ts'
import { planKubernetes, type PlannedTest } from '../kubernetes/index.ts'
import { readProject } from '../project/index.ts'
import { endable } from './abort.ts'
import { collectOption, toldOf, withSettings } from './options.ts'
import { say } from './output.ts'

/** What is said of a test in a cluster. */
export interface TestFlags {
  instances?: string
  name?: string
  namespace?: string
  secret?: string[]
  collectorSecret?: string
  k6Image?: string
  collectorImage?: string
  env?: string[]
}

/** Adds what makes a test in a cluster: a suite, its settings, and how many runners of what. */
export function withTest(command: Command): Command {
  return withSettings(
    command
      .argument('[suite]', 'a suite’s name or file; the project’s own suite if left out')
      .argument('[k6-arguments...]', 'after --: further arguments for k6'),
  )
    .option('--instances <N>', 'so many runners share the load (as many as it needs)')
    .option('--name <name>', 'what the test is called in the cluster (suite and profile)')
    .option('--namespace <name>', 'where its objects are (that of the context)')
    .option('-e, --env <KEY=VALUE>', 'a variable for the script; repeatable', collectOption)
    .option(
      '--secret <NAME=SECRET/KEY>',
      'a variable for the script, from a Secret of the cluster; repeatable',
      collectOption,
    )
    .option('--k6-image <image>', 'the image of k6 (docker.io/grafana/k6, in loadwright’s own version)')
    .option('--collector-image <image>', 'an image with Node.js 20 or newer, on which the collector runs')
}

/** The test that a command is about. */
export async function testOf(
  suite: string | undefined,
  more: readonly string[],
  flags: TestFlags,
): Promise<PlannedTest> {
  const project = await readProject()
  const { told, env } = toldOf(flags)
  const planned = await endable(() =>
    planKubernetes(project, suite, told, {
      shell: process.env,
      env,
      more,
      secrets: flags.secret ?? [],
      instances: flags.instances === undefined ? undefined : countOf(flags.instances),
      name: flags.name,
      namespace: flags.namespace,
      collectorSecret: flags.collectorSecret,
      images: defined({ k6: flags.k6Image, node: flags.collectorImage }),
    }),
  )
  for (const note of planned.notes) say(note)
  return planned
}

function countOf(given: string): number {
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given)
  throw refusal([{ where: '--instances', got: quote(given), allowed: 'a whole number from 1' }])
}

import type { Command } from 'commander'
import { quote } from '../../config/problem/problem.ts'
import { defined, refusal, refuse } from '../base/index.ts'
import {
  planKubernetes,
  placesOf,
  readRegions,
  type NamedRegion,
  type Place,
  type PlannedTest,
} from '../distributed/index.ts'
import { readProject, shellText } from '../project/index.ts'
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

/** Where a test is. */
export interface PlaceFlags {
  context?: string
  namespace?: string
  region?: string[]
}

/** Adds the clusters that a command is about. */
export const withPlaces = (command: Command): Command =>
  command
    .option('--context <name>', 'the context of the kubeconfig (the current one)')
    .option(
      '--region <name=context>',
      'a cluster that makes its share of the load, as a region; repeatable',
      collectOption,
    )

/** The regions that were named. Throws UserError. */
export function regionsOf({ region = [], context }: PlaceFlags): NamedRegion[] {
  const { regions, problems } = readRegions(region)
  const both = {
    where: '--context',
    got: 'with --region',
    allowed: 'one of both: a region has its own context',
  }
  refuse([...problems, ...(region.length > 0 && context !== undefined ? [both] : [])])
  return regions
}

/** The same flags again, as a shell takes them. */
export const whereOf = ({ context, namespace, region = [] }: PlaceFlags): string =>
  shellText([
    ...region.flatMap((one) => ['--region', one]),
    ...(context === undefined ? [] : ['--context', context]),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
  ])

/** The clusters that a command is about. Throws UserError. */
export const placesIn = (flags: PlaceFlags): Promise<Place[]> =>
  endable(() => placesOf(regionsOf(flags), { context: flags.context, namespace: flags.namespace }))

/** The test that a command is about. */
export async function testOf(
  suite: string | undefined,
  more: readonly string[],
  flags: TestFlags & PlaceFlags,
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
      regions: regionsOf(flags).map(({ region }) => region),
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

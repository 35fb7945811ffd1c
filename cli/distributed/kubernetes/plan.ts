import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { SETTINGS } from '../../../config/settings/settings.ts'
import { parseHttpUrl } from '../../../config/url.ts'
import { defined, hostKind, packageRoot, refuse } from '../../base/index.ts'
import { withEnvironment } from '../../cloud/index.ts'
import { flagPairs, pinnedVersion, withoutFlag, type Engine } from '../../k6/index.ts'
import {
  instanceProblems,
  mostInstances,
  planRun,
  secretProblems,
  statisticsOf,
  variableName,
  variableValue,
  type Given,
  type MostInstances,
  type Plan,
  type Project,
} from '../../project/index.ts'
import type { Metadata, RunRecord } from '../../record/index.ts'
import { beginning, equalParts, windowSecondsOf } from '../../run/index.ts'
import type { ClusterTest, EnvVar } from './clusterTest.ts'
import { imageProblems, imagesOf, type Images } from './images.ts'
import { runnerLoad, runnersFor } from '../sizing/pods.ts'
import { nameProblems, namesOf, usualName } from './names.ts'
import { dealt, regionProblems } from './regions.ts'
import { collectorProgram } from './program.ts'
import { secretArguments } from './secretArguments.ts'
import { secretVariables } from './secretVariables.ts'

/** What is said of a test in a cluster, beside its settings. */
export interface ClusterOptions {
  readonly shell: NodeJS.ProcessEnv
  /** Further `KEY=VALUE` for the script, and further arguments for k6. */
  readonly env: readonly string[]
  readonly more: readonly string[]
  /** `NAME=SECRET/KEY`. */
  readonly secrets: readonly string[]
  /** By the load, unless told. */
  readonly instances: number | undefined
  readonly name: string | undefined
  readonly namespace: string | undefined
  readonly collectorSecret: string | undefined
  /** The regions that share the load, each a cluster; none where one cluster makes all of it. */
  readonly regions: readonly string[]
  readonly images: Partial<Images>
}

/** A test in a cluster and the plan that it is made of. */
export interface PlannedTest {
  readonly plan: Plan
  /** The record as it begins; with what tells one run from another where it is run at once. */
  readonly started: (run?: { id: string; metadata: Metadata }) => Promise<RunRecord>
  /** The test in a cluster, or in that of a region its share. */
  readonly test: (started: RunRecord, region?: string) => Promise<ClusterTest>
  /** What a person should know of how it was decided. */
  readonly notes: readonly string[]
}

const CLUSTER: MostInstances = { most: 1000, why: 'the most that a collector takes' }

/**
 * Decides a test in a cluster as `planRun` decides a run, with what its pods will find and nothing else: of the shell the
 * settings alone. Throws UserError with every problem.
 */
export async function planKubernetes(
  project: Project,
  suite: string | undefined,
  given: Given,
  options: ClusterOptions,
): Promise<PlannedTest> {
  const { shell, env, more, instances, regions } = options
  const seen = Object.fromEntries(Object.entries(shell).filter(([key]) => Object.hasOwn(SETTINGS, key)))
  const { placed, notes } = withEnvironment(project, given, seen)
  const { variables, problems } = secretVariables(options.secrets)
  refuse([
    ...problems,
    ...optionProblems(options),
    ...secretsIn(given.set, '--set'),
    ...secretsIn(env, '--env'),
    ...secretsIn(flagPairs(more), '--env after --'),
    ...secretArguments(more),
  ])
  const plan = await planRun(project, suite, placed, { shell: seen, env, more })
  refuse([...reachProblems(plan), ...scriptProblems(plan)])
  const { most } = mostInstances(plan, more, CLUSTER)
  const runners = instances ?? Math.max(regions.length, Math.min(most, runnersFor(plan)))
  refuse(regionProblems(regions, { runners, more }))
  refuse(instanceProblems(plan, { count: runners, record: 'on', more, place: CLUSTER }))
  const name = options.name ?? usualName(plan.manifest.suite, plan.settings.PROFILE)
  const secretEnv = variables.map(({ variable, secret, key }): EnvVar => ({
    name: variable,
    valueFrom: { secretKeyRef: { name: secret, key } },
  }))
  return {
    plan,
    notes: [...notes, ...(plan.notes ?? [])],
    started: ({ id, metadata } = { id: plan.settings.RUN_ID ?? name, metadata: NOWHERE }) =>
      startedOf(plan, { id, args: argumentsOf(plan, id, more), metadata, regions: dealt(regions, runners) }),
    test: async (started, region) => {
      const { id, instances } = started
      const here = equalParts(instances.length).filter(
        (_, index) => region === undefined || instances[index]?.region === region,
      )
      return {
        names: namesOf(name, options.collectorSecret),
        namespace: options.namespace,
        bundle: { file: basename(plan.suite.path), code: await readFile(plan.suite.path) },
        runners: here.length,
        share: region === undefined ? undefined : { region, parts: here },
        load: runnerLoad(plan, runners),
        env: [...environmentOf(plan, id, [...env, ...flagPairs(more)]), ...secretEnv],
        args: argumentsOf(plan, id, more),
        images: await imagesOf(options.images),
        started,
        windowSeconds: windowSecondsOf(started.declared),
        program: await collectorProgram(),
      }
    },
  }
}

/** Where the operator has a runner's REST API listen. */
export const RUNNER_PORT = 6565

/** Of what is rendered nobody knows yet who will run it, and when. */
const NOWHERE: Metadata = { host: '', loadwright: '' }

const optionProblems = ({ name, namespace, collectorSecret, images }: ClusterOptions): Problem[] => [
  ...nameProblems('--name', name),
  ...nameProblems('--namespace', namespace),
  ...nameProblems('--collector-secret', collectorSecret),
  ...imageProblems('--k6-image', images.k6),
  ...imageProblems('--collector-image', images.node),
]

/** Pairs that would write a secret into a manifest. */
const secretsIn = (pairs: readonly string[], where: string): Problem[] =>
  secretProblems(pairs, where).map((problem) => ({
    ...problem,
    allowed: 'what everybody may read who reads the manifest',
    fix: 'Put it into a Secret of the cluster, and name that: --secret NAME=SECRET/KEY. If it is none, give it another name.',
  }))

/** A target that pods do not reach. */
function reachProblems({ embedded, settings: { BASE_URL } }: Plan): Problem[] {
  const host = parseHttpUrl(BASE_URL)?.host
  if (!embedded && (host === undefined || hostKind(host) !== 'loopback')) return []
  const got = embedded ? 'nothing' : quote(BASE_URL)
  const allowed = 'the URL of the target as a pod reaches it, such as http://shop.default.svc'
  return [{ where: 'BASE_URL', got, allowed, fix: 'Give --base-url.' }]
}

const scriptProblems = ({ script }: Plan): Problem[] =>
  script === undefined
    ? []
    : [{ where: 'suite', got: quote(script), allowed: 'a suite', fix: 'Make one of it: loadwright init.' }]

/** The variables of the script: every setting that decides what it does, then the author's own. */
function environmentOf({ settings, variables }: Plan, id: string, own: readonly string[]): EnvVar[] {
  const { ENVIRONMENT, PROFILE, BASE_URL } = settings
  const told = { ENVIRONMENT, PROFILE, BASE_URL, ...variables, RUN_ID: id, SUMMARY: 'none' }
  const pairs = own.map((pair) => [variableName(pair), variableValue(pair)] as const)
  return [...Object.entries(told), ...pairs].map(([name, value]) => ({ name, value: literal(value) }))
}

/** A value as it is: `$(NAME)` would be another variable. */
const literal = (value: string): string => value.replaceAll('$(', () => '$$(')

/** k6's arguments; each of several k6 sees its own part alone, and judges nothing. */
const argumentsOf = ({ manifest }: Plan, id: string, more: readonly string[]): string[] => [
  ...['--tag', `testid=${id}`, '--out', 'experimental-prometheus-rw'],
  // What a runner leaves is its log.
  ...['--no-thresholds', '--summary-export', '/dev/stdout'],
  ...statisticsOf(manifest.options, { isScript: false, isPart: true }),
  ...withoutFlag(more, 'env').map(literal),
]

/** The record as it begins, for runners that the operator starts. */
async function startedOf(
  plan: Plan,
  {
    id,
    args,
    metadata,
    regions,
  }: {
    id: string
    args: readonly string[]
    metadata: Metadata
    /** Of each runner. */
    regions: readonly (string | undefined)[]
  },
): Promise<RunRecord> {
  const engine: Engine = { version: await pinnedVersion(packageRoot), path: 'k6', source: 'PATH', notes: [] }
  const parts = equalParts(regions.length).map((part) => ({ part: { ...part, port: RUNNER_PORT }, args }))
  const started = beginning(plan, { id, engine, args, parts, metadata })
  return {
    ...started,
    // When it begins is told by the TestRun, where it runs by its pods.
    startedAt: new Date(0).toISOString(),
    instances: started.instances.map(({ machine: _machine, ...one }, index) => ({
      ...one,
      ...defined({ region: regions[index] ?? one.region }),
    })),
  }
}

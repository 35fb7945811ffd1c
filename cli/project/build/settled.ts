import { dirname, join } from 'node:path'
import type { Environment } from '../../../config/environments.ts'
import { unknownWord } from '../../../config/problem/nearest.ts'
import type { Variables } from '../../../config/settings/settings.ts'
import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { isNarrowed } from '../../../config/thresholds/narrowedKey.ts'
import { defined, refuse, UserError } from '../../base/index.ts'
import { drivesBrowser, isBrowserAlone, type Manifest } from '../../record/index.ts'
import type { Project } from './config.ts'
import { KNOWN_METRICS, metricOf, withoutSlos, type LeftOut } from './measured.ts'
import { evaluateFor, walkedManifest } from './evaluated.ts'
import { buildNamed, buildSuites, type BuildOptions, type BuiltSuite } from './suites.ts'

/** A suite as it was built, and its manifest under the settings of a run. */
export interface SettledSuite {
  suite: BuiltSuite
  manifest: Manifest
  /** The SLOs of the run's environment that are left out. */
  leftOut: readonly LeftOut[]
}

/** Under what a suite is evaluated. */
interface Under extends Pick<BuildOptions, 'env' | 'spans'> {
  variables: Variables
  /** The name of the environment, and what is said of it. */
  name: string
  environment: Environment
}

/**
 * Builds a suite, and evaluates it under the settings of a run. SLOs on journeys that only other suites of the project have
 * are left out: nothing would ever be measured for them. So are those on metrics that it does not have, those on pages where
 * no browser is driven, and those on requests where pages alone make them. Throws UserError for a journey and for a metric
 * that no suite has.
 */
export async function settledSuite(
  project: Project,
  suiteName: string | undefined,
  under: Under,
): Promise<SettledSuite> {
  const { env = {}, spans = false, name: environment } = under
  const suite = await buildNamed(project, suiteName, { env, spans })
  const manifest = await evaluated(suite, under)
  const foreign = foreignJourneys(manifest)
  const unmeasured = unmeasuredKeys(manifest)
  const isNamed = (key: string, journeys: readonly string[]): boolean =>
    journeys.includes(journeyOf(key) ?? '')
  const left = Object.keys(under.environment.slos)
    .filter((key) => isNamed(key, foreign) || isOneOf(key, unmeasured))
    .map((key): LeftOut => ({ environment, key }))
  const absent = suite.leftOut.filter((one) => one.environment === environment)
  await refuseUnknown(project, manifest, [...left, ...absent], env)
  // Those that every environment has nobody has asked for.
  const asked = project.config.environments?.[environment]?.slos ?? {}
  const leftOut = [...left.filter(({ key }) => Object.hasOwn(asked, key)), ...absent]
  if (left.length === 0) return { suite, manifest, leftOut }
  const config = withoutSlos(project.config, left)
  const source = join(project.folder, manifest.source)
  const again = await buildNamed({ ...project, config }, source, { env, spans })
  return { suite: again, manifest: await evaluated(again, under), leftOut }
}

/** Throws UserError for SLOs on a journey or a metric that no suite of the project has. */
async function refuseUnknown(
  project: Project,
  { journeys, metrics }: Manifest,
  left: readonly LeftOut[],
  env: Variables,
): Promise<void> {
  const doubtful = left.filter(({ key }) => {
    const journey = journeyOf(key)
    return !KNOWN_METRICS.includes(metricOf(key)) || (journey !== undefined && !journeys.includes(journey))
  })
  if (doubtful.length === 0) return
  const others = await manifestsIn(project, env)
  const known = {
    metric: new Set([
      ...KNOWN_METRICS,
      ...[metrics, ...others.map((one) => one.metrics)].flat().map(({ name }) => name),
    ]),
    journey: new Set([journeys, ...others.map((one) => one.journeys)].flat()),
  }
  refuse(
    doubtful.flatMap(({ environment, key }) => {
      const named = { metric: metricOf(key), journey: journeyOf(key) }
      const where = `environments.${environment}.slos[${JSON.stringify(key)}]`
      return (['metric', 'journey'] as const).flatMap((what) => {
        const word = named[what]
        return word === undefined || known[what].has(word)
          ? []
          : [unknownWord(`${where}: ${what}`, word, [...known[what]])]
      })
    }),
  )
}

async function evaluated(suite: BuiltSuite, { env, variables }: Under): Promise<Manifest> {
  const { code, map, path, manifest } = suite
  const { source, baked, production } = manifest
  const made = await evaluateFor(code, source, { ...env, ...variables }, map, dirname(path))
  const walked = await walkedManifest(made, { source, code, map, baked })
  return { ...walked, ...defined({ production }) }
}

/** What all suites of a project are; nothing where there are none, or two have one name. */
async function manifestsIn(project: Project, env: Variables): Promise<Manifest[]> {
  try {
    const { built } = await buildSuites(project, { env })
    return built.map(({ manifest }) => manifest)
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}

/** The journeys of a suite's SLOs that it does not have. */
function foreignJourneys({ slos, options, journeys }: Manifest): string[] {
  return slos
    .filter((key) => (options.thresholds[key] ?? []).length > 0)
    .flatMap((key) => journeyOf(key) ?? [])
    .filter((journey) => !journeys.includes(journey))
}

/** The keys of a suite's SLOs on what its scenarios never measure, because they drive a browser, or drive none. */
function unmeasuredKeys({ slos, options }: Manifest): string[] {
  const never = isBrowserAlone(options) ? /^http_req/ : drivesBrowser(options) ? undefined : /^browser_/
  return never === undefined
    ? []
    : slos.filter((key) => (options.thresholds[key] ?? []).length > 0 && never.test(key.trim()))
}

const isOneOf = (key: string, narrowed: readonly string[]): boolean =>
  narrowed.some((other) => isNarrowed(key, other))

const journeyOf = (key: string): string | undefined => parseThresholdKey(key)?.tags.journey

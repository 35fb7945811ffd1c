import { dirname, join } from 'node:path'
import type { Environment } from '../../../config/environments.ts'
import { unknownWord } from '../../../config/problem/nearest.ts'
import type { Variables } from '../../../config/settings/settings.ts'
import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { isNarrowed } from '../../../config/thresholds/narrowedKey.ts'
import { defined, refuse, UserError } from '../../base/index.ts'
import { drivesBrowser, isBrowserAlone, type Manifest } from '../../record/index.ts'
import type { Project } from './config.ts'
import { evaluateFor, walkedManifest } from './evaluated.ts'
import { buildNamed, buildSuites, type BuildOptions, type BuiltSuite } from './suites.ts'

/** A suite as it was built, and its manifest under the settings of a run. */
export interface SettledSuite {
  suite: BuiltSuite
  manifest: Manifest
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
 * are left out: nothing would ever be measured for them. So are those on pages where no browser is driven, and those on
 * requests where pages alone make them. Throws UserError for a journey that no suite has.
 */
export async function settledSuite(
  project: Project,
  suiteName: string | undefined,
  under: Under,
): Promise<SettledSuite> {
  const { env = {}, spans = false } = under
  const first = await evaluated(await buildNamed(project, suiteName, { env, spans }), under)
  const foreign = foreignJourneys(first.manifest)
  const unmeasured = unmeasuredKeys(first.manifest)
  if (foreign.length + unmeasured.length === 0) return first
  const known = [...new Set([...first.manifest.journeys, ...(await journeysIn(project, env))])]
  const where = (key: string): string => `environments.${under.name}.slos[${JSON.stringify(key)}]`
  const isNamed = (key: string, journeys: readonly string[]): boolean =>
    journeys.includes(journeyOf(key) ?? '')
  const keys = Object.keys(under.environment.slos)
  refuse(
    keys
      .filter((key) => isNamed(key, foreign) && !isNamed(key, known))
      .map((key) => unknownWord(`${where(key)}: journey`, journeyOf(key) ?? '', known)),
  )
  const isLeftOut = (key: string): boolean => isNamed(key, foreign) || isOneOf(key, unmeasured)
  const left = Object.fromEntries(keys.filter(isLeftOut).map((key) => [key, []]))
  const { environments = {} } = project.config
  const own = environments[under.name]
  const config = {
    ...project.config,
    environments: { ...environments, [under.name]: { ...own, slos: { ...own?.slos, ...left } } },
  }
  const source = join(project.folder, first.manifest.source)
  return evaluated(await buildNamed({ ...project, config }, source, { env, spans }), under)
}

async function evaluated(suite: BuiltSuite, { env, variables }: Under): Promise<SettledSuite> {
  const { code, map, path, manifest } = suite
  const { source, baked, production } = manifest
  const made = await evaluateFor(code, source, { ...env, ...variables }, map, dirname(path))
  const walked = await walkedManifest(made, { source, code, map, baked })
  return { suite, manifest: { ...walked, ...defined({ production }) } }
}

/** The journeys of all suites of a project; none where there are no suites, or two have one name. */
async function journeysIn(project: Project, env: Variables): Promise<string[]> {
  try {
    const { built } = await buildSuites(project, { env })
    return built.flatMap(({ manifest }) => manifest.journeys)
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

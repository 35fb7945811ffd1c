import type { Config } from '../../../config/config.ts'
import { environments, type Environment } from '../../../config/environments.ts'
import { unknownWord } from '../../../config/problem/nearest.ts'
import { SETTINGS, type SettingName } from '../../../config/settings/settings.ts'
import { hostMatches, parseHttpUrl } from '../../../config/url.ts'
import { refusal, UserError } from '../../base/index.ts'
import { scriptKind } from '../../check/index.ts'
import { buildNamed, type BuiltSuite, type MonitorKind, type Project } from '../../project/index.ts'
import { timeBudget } from '../budget.ts'

/** What a suite is baked with to run as a monitor. */
export interface Baking {
  suite: string | undefined
  target: string
  /** Milliseconds after which the agent kills it, by the kind of check that it turns out to be. */
  timeout: Readonly<Record<MonitorKind, number>>
  /** The environment; the first whose target or hosts `target` is among unless told. */
  environment?: string
  /** Further settings. */
  settings?: Readonly<Record<string, string>>
}

/** The environment of a target that none knows: it allows that target, and nothing else beside loopback. */
const PLACE = 'monitor'

/**
 * Builds a suite as a monitor runs it: target and time budget baked, every other setting locked at its default, since
 * an agent hands its own environment on. Of the config the bundle holds its own environment alone, so that a change of
 * another leaves its SHA-256. The target is allowed because the monitor names it. Throws UserError.
 */
export async function bakeMonitor(project: Project, baking: Baking, outdir: string): Promise<BuiltSuite> {
  const { environment, base, config } = bakedPlace(project.config, baking)
  const profiles = environments(config)[environment]?.profiles ?? []
  const baked: Partial<Record<SettingName, string>> = {
    ...Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, ''])),
    // A pass has no profile, but the environment must allow the one that is set.
    PROFILE: profiles.includes('smoke') ? '' : (profiles[0] ?? ''),
    ...baking.settings,
    ENVIRONMENT: environment,
    BASE_URL: base,
  }
  const bakedWith = (timeout: number): Promise<BuiltSuite> => {
    const budget = { TIME_BUDGET: `${timeBudget(timeout)}ms` }
    return buildNamed({ ...project, config }, baking.suite, { baked: { ...baked, ...budget }, outdir })
  }
  const { timeout } = baking
  const built = await bakedWith(timeout.scripted)
  const own = timeout[scriptKind(built.code)]
  return own === timeout.scripted ? built : bakedWith(own)
}

/** The environment and base URL that a monitor's bundle is baked with, and the config that its bundle holds. */
export function bakedPlace(
  config: Config,
  { target, environment }: Pick<Baking, 'target' | 'environment'>,
): { environment: string; base: string; config: Config } {
  const url = parseHttpUrl(target)
  if (!url) throw new UserError(`the target ${JSON.stringify(target)} is no http or https URL`)
  const known = environments(config)
  if (environment !== undefined && !Object.hasOwn(known, environment))
    throw refusal([unknownWord('monitors: environment', environment, Object.keys(known))])
  const name = environment ?? Object.keys(known).find((each) => knows(known[each], url)) ?? PLACE
  const change = config.environments?.[name]
  const hosts = known[name]?.hosts ?? []
  // The environment is baked: which one is meant where none is named is nothing of this bundle's.
  const { environment: _, ...others } = config
  return {
    environment: name,
    base: url.base,
    config: {
      ...others,
      environments: {
        [name]: { ...change, hosts: hostMatches(url.host, hosts) ? hosts : [...hosts, url.host] },
      },
    },
  }
}

function knows(
  environment: Environment | undefined,
  { base, host }: { base: string; host: string },
): boolean {
  if (!environment) return false
  return parseHttpUrl(environment.target ?? '')?.base === base || hostMatches(host, environment.hosts)
}

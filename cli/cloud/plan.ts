import type { CloudConfig } from '../../config/cloud.ts'
import { parseDuration } from '../../config/duration.ts'
import { quote, type Problem } from '../../config/problem/problem.ts'
import { SETTINGS } from '../../config/settings/settings.ts'
import { parseHttpUrl } from '../../config/url.ts'
import { hostKind, refuse } from '../base/index.ts'
import { flagPairs } from '../k6/index.ts'
import {
  chosenIn,
  furtherProblems,
  isFile,
  ownCloud,
  planRun,
  resolveSettings,
  resolveIn,
  secretPairs,
  secretProblems,
  type Given,
  type OwnCloud,
  type Plan,
  type Project,
  type PlanOptions,
  variableName,
} from '../project/index.ts'
import { flagProblems } from './refusedFlags.ts'
import { cloudReachProblems } from './reach.ts'

/** A run in Grafana Cloud, decided. */
export interface CloudPlan {
  plan: Plan
  cloud: CloudConfig
  /** It runs here, and its metrics go to Grafana Cloud. */
  local: boolean
  /** Milliseconds until it is aborted; undefined if not given. */
  timeout?: number
  /** What a person should know of how it was decided. */
  notes: string[]
}

/** What decides a cloud run beside its settings. */
export interface CloudOptions
  extends Pick<PlanOptions, 'tunnel'>, Required<Pick<PlanOptions, 'shell' | 'env' | 'more'>> {
  local: boolean
  timeout?: string
}

/**
 * Decides a cloud run as `planRun` decides one, with what a load generator will find and nothing else: of the shell the
 * settings alone. Throws UserError with every problem: settings, secrets, arguments, a target that load zones do not
 * reach.
 */
export async function planCloud(
  whole: Project,
  suite: string | undefined,
  given: Given,
  { shell, env, more, local, tunnel, timeout }: CloudOptions,
): Promise<CloudPlan> {
  const { project: chosen, name } = await chosenIn(whole, suite)
  const project = unasking(chosen)
  const cloud = project.config.cloud ?? {}
  const seen = Object.fromEntries(Object.entries(shell).filter(([key]) => Object.hasOwn(SETTINGS, key)))
  const secrets = secretPairs(given.set, shell.K6_CLOUD_TOKEN)
  const open = { ...given, set: given.set.filter((pair) => !secrets.includes(pair)) }
  const { placed, notes } = withEnvironment(project, open, seen)
  for (const key of secretsOf(chosen, [...env, ...flagPairs(more)]))
    notes.push(`${key} is the secret of that name in Grafana Cloud`)
  const { settings, environment, problems } = resolveIn(project, placed, seen)
  const wait = timeout === undefined ? undefined : parseDuration(timeout)
  const reach = (target: string): Problem[] =>
    local || tunnel || target === '' ? [] : cloudReachProblems(target, cloud)
  const found = [
    // An open tunnel may be the target itself, which the plan knows.
    ...problems.filter((problem) => !tunnel || !isAboutTarget(problem)),
    ...secretProblems(secrets, '--set', shell.K6_CLOUD_TOKEN),
    ...secretProblems(env, '--env', shell.K6_CLOUD_TOKEN),
    ...secretProblems(flagPairs(more), '--env after --', shell.K6_CLOUD_TOKEN),
    ...flagProblems(more),
    ...furtherProblems(more, settings.ENVIRONMENT, environment),
    ...(timeout !== undefined && !wait ? [timeoutProblem(timeout)] : []),
  ]
  // Alone, the target can wait: a suite that there is not is the greater problem, and a plain script may have its own.
  if (found.length > 0 && !found.some(isAboutTarget) && (name === undefined || !isFile(name)))
    found.push(...reach(settings.BASE_URL))
  refuse(found)
  const plan = await planRun(project, name, placed, { shell: seen, env, more, ...(tunnel ? { tunnel } : {}) })
  refuse([...reach(plan.settings.BASE_URL), ...optionsProblems(ownCloud(plan.manifest.options), cloud)])
  if (tunnel && tunnel.kind !== 'url') notes.push('BASE_URL will be the public URL of the tunnel')
  notes.push(...(plan.notes ?? []))
  return { plan, cloud, local, notes, ...(wait ? { timeout: wait } : {}) }
}

/**
 * The environment of a run for which nobody named one: `dev`, whose hosts are those of tunnels and clusters, as soon as there is a target
 * beyond this machine; else the default, whose target load zones do not reach.
 */
export function withEnvironment(
  { config }: Pick<Project, 'config'>,
  given: Given,
  shell: NodeJS.ProcessEnv,
): { placed: Given; notes: string[] } {
  const { ENVIRONMENT, BASE_URL } = resolveSettings(given, shell, config).variables
  const host = parseHttpUrl(BASE_URL?.trim() ?? '')?.host
  if (ENVIRONMENT || host === undefined || hostKind(host) === 'loopback') return { placed: given, notes: [] }
  const flags = { ...given.flags, ENVIRONMENT: 'dev' }
  return {
    placed: { ...given, flags },
    notes: ['environment dev, since none was named (--environment names another)'],
  }
}

/** The variables of a preset that nothing gives: a suite of it reads the secrets of those names. */
function secretsOf({ preset }: Project, given: readonly string[]): string[] {
  const told = new Set(given.map(variableName))
  return (preset?.variables ?? []).filter((name) => !told.has(name))
}

/** A project that asks for no variable of its preset. */
const unasking = ({ preset, ...project }: Project): Project =>
  preset === undefined ? project : { ...project, preset: { ...preset, variables: [] } }

const isAboutTarget = (problem: Problem | string): boolean =>
  typeof problem !== 'string' && problem.where === 'BASE_URL'

const timeoutProblem = (timeout: string): Problem => ({
  where: '--timeout',
  got: quote(timeout),
  allowed: 'a duration above 0, such as 20m or 1h30m',
})

/** k6 takes `cloud` of the options or of its config file, never both. */
export function optionsProblems(own: OwnCloud, { distribution, note }: CloudConfig): Problem[] {
  const lost = Object.entries({ distribution, note }).flatMap(([key, value]) =>
    value === undefined ? [] : [`cloud.${key}`],
  )
  if (lost.length === 0 || Object.keys(own).length === 0) return []
  return [
    {
      where: 'loadwright.config.ts',
      got: `${lost.join(' and ')}, which the script’s own options.cloud would replace`,
      allowed: 'one of the two: k6 does not merge them',
      fix: 'Move everything into loadwright.config.ts, or everything into options.cloud.',
    },
  ]
}

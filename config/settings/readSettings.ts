import type { Config } from '../config.ts'
import { environments, type Environment } from '../environments.ts'
import { quote, type Problem } from '../problem/problem.ts'
import { parseHttpUrl } from '../url.ts'
import { PROFILE_NAMES, type ProfileName } from '../workload/profiles.ts'
import { hostProblems } from './hostProblems.ts'
import type { Setting } from './setting.ts'
import { SETTINGS, type Settings, type Variables } from './settings.ts'

/** The settings with the environment they name; `settings` is only complete where there are no problems. */
export interface Reading {
  settings: Settings
  environment: Environment | undefined
  problems: Problem[]
}

const unlisted = (where: string, word: string, words: readonly string[]): Problem => ({
  where,
  got: quote(word),
  allowed: words.join(', '),
})

/**
 * Reads all settings from `env`, with the config's environments; `baked` values win over `env`. Every problem is
 * returned, none thrown; `unknown` words the one of a word that is not among those allowed.
 */
export const readSettings = (
  env: Variables,
  config: Config = {},
  baked: Variables = {},
  unknown = unlisted,
): Reading => {
  const known = environments(config)
  const given = (name: string): string | undefined => {
    const text = baked[name] ?? env[name]
    return text === '' ? undefined : text?.trim()
  }
  const named = given('ENVIRONMENT') ?? config.environment ?? SETTINGS.ENVIRONMENT.default
  const place = Object.hasOwn(known, named) ? known[named] : undefined
  // Whoever names a tunnel has allowed its host for this run.
  const through = parseHttpUrl(given('TUNNEL_URL') ?? '')?.host
  const environment = place && through ? { ...place, hosts: [...place.hosts, through] } : place
  const usual: Variables = {
    ...environment?.settings,
    ENVIRONMENT: named,
    BASE_URL: environment?.target,
    SCALE: environment && String(environment.scale),
  }

  const values: Partial<Record<string, string | number>> = {}
  const problems: Problem[] = []
  for (const [name, setting] of Object.entries<Setting>(SETTINGS)) {
    const text = given(name) ?? usual[name] ?? setting.default
    if (text === undefined) continue
    const allowed = name === 'ENVIRONMENT' ? Object.keys(known) : setting.allowed
    const value = setting.read(text)
    if (value !== undefined) values[name] = value
    if (typeof allowed === 'string' ? value === undefined : !allowed.includes(text))
      problems.push(unknown(name, text.replace(/\/\/[^/]*@/, '//***@'), [allowed].flat()))
  }
  if (environment) problems.push(...placeProblems(values, environment, named, given('BASE_URL')))
  return { settings: values as unknown as Settings, environment, problems }
}

/** Problems with the environment's limits: its profiles, its hosts, a missing target. */
const placeProblems = (
  { PROFILE, BASE_URL }: Partial<Record<string, string | number>>,
  environment: Environment,
  name: string,
  given: string | undefined,
): Problem[] => {
  const problems: Problem[] = []
  const profile = PROFILE as ProfileName
  if (PROFILE_NAMES.includes(profile) && !environment.profiles.includes(profile))
    problems.push({
      where: 'PROFILE',
      got: quote(profile),
      allowed: `in ${name}: ${environment.profiles.join(', ')}`,
      fix: `Change environments.${name}.profiles in loadwright.config.ts.`,
    })
  if (BASE_URL) problems.push(...hostProblems('BASE_URL', String(BASE_URL), environment, name))
  else if (given === undefined)
    problems.push({
      where: 'BASE_URL',
      got: 'nothing',
      allowed: `a target, because the environment ${name} has none`,
      fix: 'Give --base-url URL, or BASE_URL in the environment.',
    })
  return problems
}

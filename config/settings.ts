import { withSpans } from './built.ts'
import { environments, type Config } from './config.ts'
import { DURATION_FORMS, parseDuration } from './duration.ts'
import type { Environment } from './environments.ts'
import { quote, type Problem } from './problem.ts'
import { nearest } from './nearest.ts'
import { PROFILE_NAMES, type ProfileName } from './profiles.ts'
import { hostMatches, isLoopback, parseHttpUrl } from './url.ts'

/** How a setting's text is read: durations become milliseconds, counts are whole, ratios lie in 0..1. */
export type SettingKind =
  | 'environment'
  | 'profile'
  | 'url'
  | 'positive'
  | 'count'
  | 'seed'
  | 'ratio'
  | 'duration'
  | 'text'
  | 'spans'
  | 'rows'
  | 'summary'

interface ValueOfKind {
  environment: string
  profile: ProfileName
  url: string
  positive: number
  count: number
  seed: number
  ratio: number
  duration: number
  text: string
  spans: 'off' | 'console'
  rows: 'abort' | 'quarantine' | 'off'
  summary: 'text' | 'none'
}

/** One row of the settings table. */
export interface Setting {
  kind: SettingKind
  /** Used where nothing is set; without one the setting stays undefined. */
  default: string | undefined
  /** What it may be: one of these words, or what {@link read} takes, in words. */
  allowed: string | readonly string[]
  /** The value of a text; undefined for what is not allowed. */
  read(text: string): string | number | undefined
}

const kind =
  <Kind extends SettingKind>(
    name: Kind,
    allowed: Setting['allowed'],
    read: Setting['read'] = (text) => text,
  ) =>
  <Default extends string | undefined = undefined>(otherwise?: Default) => ({
    kind: name,
    allowed,
    read,
    default: otherwise as Default,
  })
const number = <Kind extends SettingKind>(name: Kind, allowed: string, holds: (value: number) => boolean) =>
  kind(name, allowed, (text) => {
    const value = /[^\d.e+-]/i.test(text) ? NaN : Number(text)
    return holds(value) ? value : undefined
  })

const positive = number('positive', 'a number above 0', (value) => value > 0 && value < Infinity)
const duration = kind('duration', DURATION_FORMS, parseDuration)
const url = kind(
  'url',
  'an http or https URL without query, such as http://127.0.0.1:8080',
  (text) => parseHttpUrl(text)?.base,
)

/**
 * Every setting, once. `__ENV`, flags (`--base-url`), `--help` and the docs derive from this table; what each means
 * is in `words.ts`, which only Node reads: a bundle carries no prose.
 */
export const SETTINGS = {
  ENVIRONMENT: kind('environment', [])('shop'),
  PROFILE: kind('profile', PROFILE_NAMES)('smoke'),
  BASE_URL: url(),
  TUNNEL_URL: url(),
  SCALE: positive(),
  RATE: positive(),
  VUS: number('count', 'a whole number above 0', (value) => value > 0 && Number.isSafeInteger(value))(),
  RAMP_UP: duration(),
  WARM_UP: duration(),
  DURATION: duration(),
  RAMP_DOWN: duration(),
  SEED: number('seed', 'a whole number', Number.isSafeInteger)(),
  TIME_BUDGET: duration('10s'),
  REQUEST_TIMEOUT: duration('30s'),
  TRACE_RATIO: number('ratio', 'a number from 0 to 1', (value) => value >= 0 && value <= 1)('1'),
  SPANS: kind('spans', withSpans ? ['off', 'console'] : ['off'])('off'),
  CHECK_ROWS: kind('rows', ['abort', 'quarantine', 'off'])('abort'),
  RUN_ID: kind('text', 'at most 64 letters, digits, dots, dashes and _, no dot or dash first', (text) =>
    /^\w[\w.-]{0,63}$/.test(text) ? text : undefined,
  )(),
  SUMMARY: kind('summary', ['text', 'none'])('text'),
} satisfies Record<string, Setting>

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS

type WithDefault = {
  [Name in SettingName]: (typeof SETTINGS)[Name] extends { default: string } ? Name : never
}[SettingName]
type ValueOf<Name extends SettingName> = ValueOfKind[(typeof SETTINGS)[Name]['kind']]

/** The validated values: durations in milliseconds; BASE_URL and SCALE filled from the environment. */
export type Settings = { readonly [Name in WithDefault | 'BASE_URL' | 'SCALE']: ValueOf<Name> } & {
  readonly [Name in Exclude<SettingName, WithDefault | 'BASE_URL' | 'SCALE'>]?: ValueOf<Name>
}

/** The settings with the environment they name; `settings` is only complete where there are no problems. */
export interface Reading {
  settings: Settings
  environment: Environment | undefined
  problems: Problem[]
}

/** Variables as the shell or k6's `-e` give them. */
export type Variables = Readonly<Record<string, string | undefined>>

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

/** What the environment itself forbids: its profiles, its hosts, a target that nobody gave. */
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
      allowed: `a target: the environment ${name} has none of its own`,
      fix: 'Give --base-url URL, or BASE_URL in the environment.',
    })
  return problems
}

/** The problem with a URL whose host an environment does not list; none for loopback. */
export const hostProblems = (where: string, url: string, { hosts }: Environment, name: string): Problem[] => {
  const host = parseHttpUrl(url)?.host
  if (host && (isLoopback(host) || hostMatches(host, hosts))) return []
  return [
    {
      where,
      got: quote(host ?? url),
      allowed: `in ${name}: ${['loopback', ...hosts].join(', ')}`,
      fix: `Add the host to environments.${name}.hosts in loadwright.config.ts if it may be loaded.`,
    },
  ]
}

/** The problem with a name that is no setting, with "did you mean"; undefined for a setting. */
export const settingNameProblem = (name: string, where: string): Problem | undefined => {
  if (Object.hasOwn(SETTINGS, name)) return undefined
  const near = nearest(name, Object.keys(SETTINGS))
  return {
    where,
    got: quote(name),
    allowed: Object.keys(SETTINGS).join(', '),
    ...(near === undefined ? {} : { fix: `Did you mean ${near}?` }),
  }
}

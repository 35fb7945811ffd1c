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
  rows: 'abort' | 'quarantine' | 'off'
  summary: 'text' | 'none'
}

/** One row of the settings table. */
export interface Setting {
  kind: SettingKind
  /** Used where nothing is set; without one the setting stays undefined. */
  default?: string
}

/**
 * Every setting, once. `__ENV`, flags (`--base-url`), `--help` and the docs derive from this table; what each means
 * is in `words.ts`, which only Node reads: a bundle carries no prose.
 */
export const SETTINGS = {
  ENVIRONMENT: { kind: 'environment', default: 'shop' },
  PROFILE: { kind: 'profile', default: 'smoke' },
  BASE_URL: { kind: 'url' },
  SCALE: { kind: 'positive' },
  RATE: { kind: 'positive' },
  VUS: { kind: 'count' },
  RAMP_UP: { kind: 'duration' },
  WARM_UP: { kind: 'duration' },
  DURATION: { kind: 'duration' },
  RAMP_DOWN: { kind: 'duration' },
  SEED: { kind: 'seed' },
  TIME_BUDGET: { kind: 'duration', default: '10s' },
  REQUEST_TIMEOUT: { kind: 'duration', default: '30s' },
  TRACE_RATIO: { kind: 'ratio', default: '1' },
  CHECK_ROWS: { kind: 'rows', default: 'abort' },
  RUN_ID: { kind: 'text' },
  SUMMARY: { kind: 'summary', default: 'text' },
} as const satisfies Record<string, Setting>

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

type Parsed = string | number | undefined
type Reader = readonly [allowed: string, read: (text: string) => Parsed]

const numeric =
  (holds: (value: number) => boolean) =>
  (text: string): Parsed => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN
    return holds(value) ? value : undefined
  }
const oneOf = (...words: readonly string[]): Reader => [
  words.join(', '),
  (text) => (words.includes(text) ? text : undefined),
]

/** How each kind is read, and what it allows, in words. */
const READERS: Record<Exclude<SettingKind, 'environment' | 'profile'>, Reader> = {
  url: [
    'an http or https URL without query, such as http://127.0.0.1:8080',
    (text) => parseHttpUrl(text)?.base,
  ],
  positive: ['a number above 0', numeric((value) => value > 0 && value < Infinity)],
  count: ['a whole number above 0', numeric((value) => value > 0 && Number.isSafeInteger(value))],
  seed: ['a whole number', numeric(Number.isSafeInteger)],
  ratio: ['a number from 0 to 1', numeric((value) => value >= 0 && value <= 1)],
  duration: [DURATION_FORMS, parseDuration],
  text: [
    'letters, digits, dot, dash and underscore, at most 64, no dot or dash first',
    (text) => (/^\w[\w.-]{0,63}$/.test(text) ? text : undefined),
  ],
  rows: oneOf('abort', 'quarantine', 'off'),
  summary: oneOf('text', 'none'),
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
 * returned, none thrown; `unknown` words the one of an environment or profile that there is not.
 */
export const readSettings = (
  env: Variables,
  config: Config = {},
  baked: Variables = {},
  unknown = unlisted,
): Reading => {
  const known = environments(config)
  const values: Partial<Record<string, string | number>> = {}
  const problems: Problem[] = []
  for (const [name, setting] of Object.entries<Setting>(SETTINGS)) {
    const given = baked[name] ?? env[name]
    const text = given === undefined || given === '' ? setting.default : given
    if (text === undefined) continue
    const trimmed = text.trim()
    if (setting.kind === 'environment' || setting.kind === 'profile') {
      const words = setting.kind === 'profile' ? PROFILE_NAMES : Object.keys(known)
      if (!words.includes(trimmed)) problems.push(unknown(name, trimmed, words))
      values[name] = trimmed
      continue
    }
    const [allowed, read] = READERS[setting.kind]
    const value = read(trimmed)
    if (value === undefined) problems.push({ where: name, got: quote(text), allowed })
    else values[name] = value
  }
  const named = String(values.ENVIRONMENT)
  const environment = Object.hasOwn(known, named) ? known[named] : undefined
  if (environment) {
    values.SCALE ??= environment.scale
    if (!env.BASE_URL && baked.BASE_URL === undefined && environment.target !== undefined)
      values.BASE_URL = parseHttpUrl(environment.target)?.base ?? environment.target
    problems.push(...placeProblems(values, environment, baked.BASE_URL ?? env.BASE_URL))
  }
  return { settings: values as unknown as Settings, environment, problems }
}

/** What the environment itself forbids: its profiles, its hosts, a target that nobody gave. */
const placeProblems = (
  { ENVIRONMENT, PROFILE, BASE_URL }: Partial<Record<string, string | number>>,
  environment: Environment,
  given: string | undefined,
): Problem[] => {
  const problems: Problem[] = []
  const profile = String(PROFILE)
  const name = String(ENVIRONMENT)
  if ((PROFILE_NAMES as string[]).includes(profile) && !(environment.profiles as string[]).includes(profile))
    problems.push({
      where: 'PROFILE',
      got: quote(profile),
      allowed: `in ${name}: ${environment.profiles.join(', ')}`,
      fix: `Change environments.${name}.profiles in loadwright.config.ts if it should be.`,
    })
  if (BASE_URL === undefined && !given)
    problems.push({
      where: 'BASE_URL',
      got: 'nothing',
      allowed: `a target: the environment ${name} has none of its own`,
      fix: 'Give --base-url URL, or BASE_URL in the environment.',
    })
  if (BASE_URL !== undefined) problems.push(...hostProblems('BASE_URL', String(BASE_URL), environment, name))
  return problems
}

/** The problem with a URL whose host an environment does not list; none for loopback. */
export const hostProblems = (where: string, url: string, { hosts }: Environment, name: string): Problem[] => {
  const host = parseHttpUrl(url)?.host
  if (host !== undefined && (isLoopback(host) || hostMatches(host, hosts))) return []
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

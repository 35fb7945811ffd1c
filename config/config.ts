/**
 * What a `loadwright.config.ts` says.
 *
 * @module loadwright/config
 */
import { cloudProblems, type CloudConfig } from './cloud.ts'
import { parseDuration, DURATION_FORMS } from './duration.ts'
import { ENVIRONMENTS, PLAIN, type Caps, type Environment } from './environments.ts'
import { unknownWord } from './nearest.ts'
import { describe, isRecord, keyProblems, type Check } from './keys.ts'
import type { Problem } from './problem.ts'
import type { Monitors } from './monitor.ts'
import { monitorProblems } from './monitors.ts'
import { PROFILE_NAMES } from './profiles.ts'
import { parseHttpUrl } from './url.ts'

/** What a `loadwright.config.ts` may say; every key may be left out. */
export interface Config {
  /** Files that each default-export a suite, as globs from the config's folder. Default: `suites/*.ts`. */
  suites?: readonly string[]
  /** The suite that is meant where none is named. Default: the first by name. */
  suite?: string
  /** The environment that is meant where none is named. Default: `shop`. */
  environment?: string
  /** Environments to add, or to change: what is left out keeps its value, `caps` and `slos` key by key. */
  environments?: Readonly<Record<string, EnvironmentChange>>
  /** The checks of Synthetic Monitoring that `loadwright monitor apply` keeps, by suite. */
  monitors?: Monitors
  /** Where and how `loadwright cloud run` runs. */
  cloud?: CloudConfig
}

/** What may be said of an environment: everything is optional over an existing one. */
export interface EnvironmentChange extends Partial<Omit<Environment, 'caps'>> {
  caps?: Partial<Caps>
}

/** Types a `loadwright.config.ts`; returns what it is given. */
export const defineConfig = (config: Config): Config => config

/** All environments: the built-in ones with the config's changes over them, then those it adds. */
export const environments = (config: Config = {}): Record<string, Environment> => {
  const all: Record<string, Environment> = { ...ENVIRONMENTS }
  for (const [name, change] of Object.entries(config.environments ?? {})) {
    const base = (Object.hasOwn(all, name) ? all[name] : undefined) ?? PLAIN
    all[name] = {
      ...base,
      ...change,
      caps: { ...base.caps, ...change.caps },
      slos: { ...base.slos, ...change.slos },
    }
  }
  return all
}

const isText: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a text')
const isTexts: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'an array of texts'
const isHosts: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && /^(\*\.)?[\w.-]+$/.test(item))
    ? undefined
    : 'an array of host names without scheme and port, such as *.example.com'
const isPositive: Check = (value) =>
  typeof value === 'number' && value > 0 && Number.isFinite(value) ? undefined : 'a number above 0'
const isDuration: Check = (value) =>
  typeof value === 'string' && parseDuration(value) ? undefined : DURATION_FORMS
const isTarget: Check = (value) =>
  typeof value === 'string' && parseHttpUrl(value) ? undefined : 'a URL such as https://shop.example.com'
const isProfiles: Check = (value) =>
  Array.isArray(value) && value.every((item) => (PROFILE_NAMES as unknown[]).includes(item))
    ? undefined
    : `an array of ${PROFILE_NAMES.join(', ')}`
const isSlos: Check = (value) =>
  isRecord(value) && Object.values(value).every((list) => isTexts(list) === undefined)
    ? undefined
    : "thresholds such as { journey_failed: ['rate<0.01'] }"

const CONFIG_KEYS: Record<keyof Config, Check> = {
  suites: isTexts,
  suite: isText,
  environment: isText,
  environments: (value) => (isRecord(value) ? undefined : 'environments by name'),
  monitors: () => undefined,
  cloud: () => undefined,
}
const CAPS_KEYS: Record<keyof Caps, Check> = { vus: isPositive, rate: isPositive, duration: isDuration }
const ENVIRONMENT_KEYS: Record<keyof Environment, Check> = {
  target: isTarget,
  scale: isPositive,
  hosts: isHosts,
  profiles: isProfiles,
  caps: (value) => (isRecord(value) ? undefined : 'caps such as { vus: 100 }'),
  slos: isSlos,
}

/** Every problem of a config as its author wrote it; `file` says where. */
export const configProblems = (value: unknown, file = 'loadwright.config.ts'): Problem[] => {
  if (!isRecord(value))
    return [{ where: file, got: describe(value), allowed: 'export default defineConfig({ … })' }]
  const problems = keyProblems(value, CONFIG_KEYS, file)
  const named = value.environment
  const known = Object.keys({ ...ENVIRONMENTS, ...(isRecord(value.environments) ? value.environments : {}) })
  if (typeof named === 'string' && named !== '' && !known.includes(named))
    problems.push(unknownWord(`${file}: environment`, named, known))
  if (value.monitors !== undefined) problems.push(...monitorProblems(value.monitors, `${file}: monitors`))
  if (value.cloud !== undefined) problems.push(...cloudProblems(value.cloud, `${file}: cloud`))
  for (const [name, environment] of Object.entries(isRecord(value.environments) ? value.environments : {})) {
    const where = `${file}: environments.${name}`
    if (!isRecord(environment)) problems.push({ where, got: describe(environment), allowed: 'an object' })
    else {
      problems.push(...keyProblems(environment, ENVIRONMENT_KEYS, where))
      if (isRecord(environment.caps))
        problems.push(...keyProblems(environment.caps, CAPS_KEYS, `${where}.caps`))
    }
  }
  return problems
}

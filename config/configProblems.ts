import { cloudProblems } from './cloud.ts'
import type { Config } from './config.ts'
import { parseDuration, DURATION_FORMS } from './duration.ts'
import { ENVIRONMENTS, type Caps, type Environment } from './environments.ts'
import { gateProblems } from './gate.ts'
import { monitorProblems } from './monitor/monitorProblems.ts'
import { notifyProblems } from './notify.ts'
import { describe, isRecord, keyProblems, type KeyCheck } from './problem/keys.ts'
import { unknownWord } from './problem/nearest.ts'
import type { Problem } from './problem/problem.ts'
import { environmentSettingProblems } from './settings/environmentSettings.ts'
import { sloProblems } from './slos.ts'
import { parseHttpUrl } from './url.ts'
import { watchProblems } from './watch.ts'
import { PROFILE_NAMES } from './workload/profiles.ts'

const isText: KeyCheck = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a text')
const isTexts: KeyCheck = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'an array of texts'
const isHosts: KeyCheck = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && /^(\*\.)?[\w.-]+$/.test(item))
    ? undefined
    : 'an array of host names without scheme and port, such as *.example.com'
const isPositive: KeyCheck = (value) =>
  typeof value === 'number' && value > 0 && Number.isFinite(value) ? undefined : 'a number above 0'
const isDuration: KeyCheck = (value) =>
  typeof value === 'string' && parseDuration(value) ? undefined : DURATION_FORMS
const isTarget: KeyCheck = (value) =>
  typeof value === 'string' && parseHttpUrl(value) ? undefined : 'a URL such as https://shop.example.com'
const isProfiles: KeyCheck = (value) =>
  Array.isArray(value) && value.every((item) => (PROFILE_NAMES as unknown[]).includes(item))
    ? undefined
    : `an array of ${PROFILE_NAMES.join(', ')}`

const CONFIG_KEYS: Record<keyof Config, KeyCheck> = {
  suites: isTexts,
  suite: isText,
  environment: isText,
  environments: (value) => (isRecord(value) ? undefined : 'environments by name'),
  monitors: () => undefined,
  cloud: () => undefined,
  gate: () => undefined,
  watch: () => undefined,
  notify: () => undefined,
}
const CAPS_KEYS: Record<keyof Caps, KeyCheck> = { vus: isPositive, rate: isPositive, duration: isDuration }
const ENVIRONMENT_KEYS: Record<keyof Environment, KeyCheck> = {
  target: isTarget,
  scale: isPositive,
  hosts: isHosts,
  profiles: isProfiles,
  caps: (value) => (isRecord(value) ? undefined : 'caps such as { vus: 100 }'),
  slos: () => undefined,
  settings: () => undefined,
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
  if (value.gate !== undefined) problems.push(...gateProblems(value.gate, `${file}: gate`))
  if (value.watch !== undefined) problems.push(...watchProblems(value.watch, `${file}: watch`))
  if (value.notify !== undefined) problems.push(...notifyProblems(value.notify, `${file}: notify`))
  for (const [name, environment] of Object.entries(isRecord(value.environments) ? value.environments : {})) {
    const where = `${file}: environments.${name}`
    if (!isRecord(environment)) problems.push({ where, got: describe(environment), allowed: 'an object' })
    else {
      problems.push(...keyProblems(environment, ENVIRONMENT_KEYS, where))
      if (isRecord(environment.caps))
        problems.push(...keyProblems(environment.caps, CAPS_KEYS, `${where}.caps`))
      if (environment.slos !== undefined) problems.push(...sloProblems(environment.slos, `${where}.slos`))
      if (environment.settings !== undefined)
        problems.push(...environmentSettingProblems(environment.settings, `${where}.settings`))
    }
  }
  return problems
}

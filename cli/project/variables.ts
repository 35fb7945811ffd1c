import type { Config } from '../../config/config.ts'
import { unknownWord } from '../../config/problem/nearest.ts'
import type { Problem } from '../../config/problem/problem.ts'
import { readSettings, type Reading } from '../../config/settings/readSettings.ts'
import { settingNameProblem } from '../../config/settings/settingNameProblem.ts'
import { SETTINGS, type SettingName, type Settings } from '../../config/settings/settings.ts'
import { parseHttpUrl } from '../../config/url.ts'
import { PROFILE_NAMES } from '../../config/workload/profiles.ts'
import type { Project } from './build/config.ts'
import { cleanEnvironment, withoutRemoteWrite } from '../k6/index.ts'
import { boundProblems } from './bounds.ts'

/** What the flags of a command say about settings. */
export interface Given {
  /** `--base-url`, `--profile` …, by setting. */
  flags: Partial<Record<SettingName, string>>
  /** `--set KEY=VALUE`, as written. */
  set: readonly string[]
}

/** The settings of a run, and what of them must be handed to k6 by `-e`. */
export interface Resolved extends Reading {
  /** Everything that flags and the shell said, flags first. */
  variables: Record<string, string>
}

/** Settings that commands set themselves, and so have no flag for. */
export const OWN: readonly SettingName[] = ['SUMMARY', 'SPANS', 'TUNNEL_URL']

/** The flag of a setting: `BASE_URL` → `base-url`. */
export function flagOf(name: string): string {
  return name.toLowerCase().replaceAll('_', '-')
}

/** Reads settings from flags over the shell. Every problem is returned, none thrown. */
export function resolveSettings(given: Given, shell: NodeJS.ProcessEnv, config: Config): Resolved {
  const problems: Problem[] = []
  const variables: Record<string, string> = {}
  for (const name of Object.keys(SETTINGS)) {
    const value = shell[name]
    if (value !== undefined && value !== '') variables[name] = value
  }
  for (const pair of given.set) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? []
    if (name === undefined || value === undefined)
      problems.push({ where: '--set', got: JSON.stringify(pair), allowed: 'KEY=VALUE, such as DURATION=30s' })
    else {
      const problem = settingNameProblem(name, '--set')
      if (problem) problems.push(problem)
      else variables[name] = value
    }
  }
  Object.assign(variables, given.flags)
  const reading = readSettings(variables, config, {}, unknownWord)
  const bounds = boundProblems(reading.settings)
  return { ...reading, problems: [...problems, ...reading.problems, ...bounds], variables }
}

/** The name in `NAME=VALUE`. */
export const variableName = (pair: string): string => pair.split('=', 1)[0] ?? ''

/** The value in `NAME=VALUE`. */
export const variableValue = (pair: string): string => pair.slice(variableName(pair).length + 1)

/** Whether `NAME=VALUE` gives a setting. */
export const isSetting = (pair: string): boolean => Object.hasOwn(SETTINGS, variableName(pair))

/** Divides `-e KEY=VALUE` into settings, which the CLI must know as k6 will, and the script's own variables. */
export function divide(env: readonly string[]): { settings: string[]; own: string[] } {
  return { settings: env.filter(isSetting), own: env.filter((pair) => !isSetting(pair)) }
}

/** What a script finds in `__ENV` beside settings: the shell as k6 will have it, then pairs `KEY=VALUE` of its author. */
export function scriptVariables(shell: NodeJS.ProcessEnv, pairs: readonly string[]): NodeJS.ProcessEnv {
  const seen = Object.entries(withoutRemoteWrite(cleanEnvironment(shell).env)).filter(
    ([name]) => !Object.hasOwn(SETTINGS, name),
  )
  const given = pairs.map((pair) => [variableName(pair), variableValue(pair)] as const)
  return Object.fromEntries([...seen, ...given])
}

/**
 * The settings of a project's run, the config's own problems before all others. An environment that these leave in doubt
 * is unknown, and judged as one that allows everything: no problem is named that might be none.
 */
export function resolveIn(
  { config, problems = [], doubts }: Project,
  given: Given,
  shell: NodeJS.ProcessEnv,
) {
  const reading = resolveSettings(given, shell, config)
  const { ENVIRONMENT, BASE_URL } = reading.settings as Partial<Settings>
  if (ENVIRONMENT === undefined || !doubts?.(ENVIRONMENT))
    return { ...reading, problems: [...problems, ...reading.problems] }
  const host = parseHttpUrl(BASE_URL ?? '')?.host
  const all = { target: 'http://127.0.0.1', hosts: host ? [host] : [], profiles: PROFILE_NAMES }
  const judged = resolveSettings(given, shell, { environments: { [ENVIRONMENT]: all } })
  return { ...reading, environment: undefined, problems: [...problems, ...judged.problems] }
}

import {
  readSettings,
  settingNameProblem,
  SETTINGS,
  type Config,
  type Problem,
  type Reading,
  type SettingName,
} from '../../config/index.ts'

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

/** The flag of a setting: `BASE_URL` → `base-url`. */
export function flagOf(name: string): string {
  return name.toLowerCase().replaceAll('_', '-')
}

/** Reads settings from flags over the shell. Every problem is returned, none thrown. */
export function resolve(given: Given, shell: NodeJS.ProcessEnv, config: Config): Resolved {
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
  const reading = readSettings(variables, config)
  return { ...reading, problems: [...problems, ...reading.problems], variables }
}

/** Divides `-e KEY=VALUE` into settings, which the CLI must know as k6 will, and the script's own variables. */
export function divide(env: readonly string[]): { settings: string[]; own: string[] } {
  const isSetting = (pair: string): boolean => Object.hasOwn(SETTINGS, pair.split('=')[0] ?? '')
  return { settings: env.filter(isSetting), own: env.filter((pair) => !isSetting(pair)) }
}

import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Config } from '../../../config/config.ts'
import { configProblems } from '../../../config/configProblems.ts'
import { isRecord } from '../../../config/problem/keys.ts'
import { nearest } from '../../../config/problem/nearest.ts'
import type { Problem } from '../../../config/problem/problem.ts'
import { limitsOf, type Slos } from '../../../config/slos.ts'
import { withPageName } from '../../../config/thresholds/pageTag.ts'
import { CONFIG_FILES } from '../projectFolder.ts'
import { importSource } from './importSource.ts'
import { errorReason } from './reason.ts'

/** A project: the folder that a person works in, with its config. */
export interface Project {
  folder: string
  /** Where there are problems, what is valid of it. */
  config: Config
  /** Every problem of the config; whoever refuses names them first. */
  problems?: readonly (Problem | string)[]
  /** Whether an environment may be another than `config` says, were it not for the problems. */
  doubts?: (environment: string) => boolean
  /** The preset whose config is laid over the project's. */
  preset?: ChosenPreset
}

/** A preset that was chosen: its file, how a person names it, and the variables that it reads when it runs. */
export interface ChosenPreset {
  file: string
  shown: string
  variables: readonly string[]
}

/** A project as it is read, before a preset is chosen. */
export type ProjectRead = Required<Omit<Project, 'preset'>> & Pick<Project, 'preset'>

/** Reads the project of a folder; without a config everything has its default. Problems are returned, none thrown. */
export async function readProject(folder: string = process.cwd()): Promise<ProjectRead> {
  const file = CONFIG_FILES.map((name) => join(folder, name)).find((path) => existsSync(path))
  if (file === undefined) return { folder, config: {}, problems: [], doubts: () => false }
  const name = relative(folder, file)
  try {
    const { default: value } = (await importSource(file)) as { default?: unknown }
    const { config, doubts } = validPart(value)
    return { folder, config: withPageNames(config), doubts, problems: configProblems(value, name) }
  } catch (error) {
    return { folder, config: {}, problems: [`${name}: ${errorReason(error)}`], doubts: () => true }
  }
}

/** Of a config, what a bundle needs: the environments without owners, and which of them is meant where none is named. */
export const forBundle = ({ environments = {}, environment }: Config): Config => ({
  environments: Object.fromEntries(
    Object.entries(environments).map(([name, { slos, ...rest }]) => [
      name,
      slos === undefined ? rest : { ...rest, slos: withoutOwners(slos) },
    ]),
  ),
  ...(environment === undefined ? {} : { environment }),
})

const withoutOwners = (slos: Slos): Slos =>
  Object.fromEntries(Object.entries(slos).map(([key, entry]) => [key, limitsOf(entry)]))

/** A config whose SLOs on pages have k6's own tag. */
function withPageNames(config: Config): Config {
  if (config.environments === undefined) return config
  const named = Object.entries(config.environments).map(([name, { slos, ...rest }]) => {
    const keys = slos && Object.entries(slos).map(([key, entry]) => [withPageName(key), entry] as const)
    return [name, keys ? { ...rest, slos: Object.fromEntries(keys) } : rest] as const
  })
  return { ...config, environments: Object.fromEntries(named) }
}

/** What is valid of a config, key by key and environment by environment, and which environments that leaves in doubt. */
function validPart(value: unknown): Pick<Required<Project>, 'config' | 'doubts'> {
  if (configProblems(value).length === 0) return { config: value as Config, doubts: () => false }
  if (!isRecord(value)) return { config: {}, doubts: () => true }
  const { environments, ...others } = value
  const all = isRecord(environments) ? environments : {}
  const valid = validEntries(all, (part) => ({ environments: part }))
  const misspelt = Object.keys(others).some(
    (key) => key !== 'environment' && nearest(key, ['environments']) !== undefined,
  )
  const unread =
    misspelt ||
    (others.environment !== undefined && typeof others.environment !== 'string') ||
    (environments !== undefined && !isRecord(environments))
  return {
    config: {
      ...validEntries(others, (part) => ({ environments: valid, ...part })),
      environments: valid,
    } as Config,
    doubts: (name) => unread || (Object.hasOwn(all, name) && !Object.hasOwn(valid, name)),
  }
}

function validEntries(
  values: Record<string, unknown>,
  config: (part: Record<string, unknown>) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => configProblems(config({ [key]: value })).length === 0),
  )
}

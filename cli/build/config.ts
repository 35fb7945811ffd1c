import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { configProblems, type Config } from '../../config/index.ts'
import { refuse, UserError } from '../errors.ts'
import { importSource } from './pools.ts'
import { reason } from './reason.ts'

/** A project: the folder that a person works in, with its config. */
export interface Project {
  folder: string
  config: Config
}

const FILES = ['loadwright.config.ts', 'loadwright.config.js', 'loadwright.config.mjs']

/** Reads the project of a folder; without a config everything has its default. Throws UserError with every problem. */
export async function readProject(folder: string = process.cwd()): Promise<Project> {
  const file = FILES.map((name) => join(folder, name)).find((path) => existsSync(path))
  if (file === undefined) return { folder, config: {} }
  const name = relative(folder, file)
  let value: unknown
  try {
    value = ((await importSource(file)) as { default?: unknown }).default
  } catch (error) {
    throw new UserError(`${name}: ${reason(error)}`)
  }
  refuse(configProblems(value, name))
  return { folder, config: value as Config }
}

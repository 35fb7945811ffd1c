import { dirname, isAbsolute, relative } from 'node:path'
import type { Project } from '../build/config.ts'
import { overlayOf } from './overlay.ts'
import { withPreset } from './presetProject.ts'
import { literal } from './write/literal.ts'
import { suiteSource, textOf } from './write/suiteSource.ts'

/** A preset as the files that a project would have in its place. */
export interface Ejected {
  /** The suite's name. */
  name: string
  /** The suite, in TypeScript. */
  suite: string
  /** A loadwright.config.ts with what belongs to it; undefined if that is nothing. */
  config?: string
}

/** A preset as a suite, which is to be the file `to`, and its part of a config. Throws UserError with every problem of it. */
export async function ejectPreset(project: Project, file: string, to: string): Promise<Ejected> {
  const { read } = await withPreset(project, file)
  const from = read.module?.from
  const near =
    from !== undefined && isAbsolute(from) ? relative(dirname(to), from).replaceAll('\\', '/') : from
  const suite = textOf(
    suiteSource(read, near !== undefined && near !== from && !near.startsWith('.') ? `./${near}` : near),
  )
  const { overlay } = overlayOf(read, project.config)
  const environments = Object.entries(overlay.environments ?? {}).filter(
    ([, one]) => Object.keys(one).length > 0,
  )
  const { environments: _, environment, ...rest } = overlay
  const said = {
    ...(environments.length > 0 ? { environments: Object.fromEntries(environments) } : {}),
    ...(environment === undefined ? {} : { environment }),
    ...rest,
  }
  const { name } = read.preset
  return { name, suite, ...(Object.keys(said).length > 0 ? { config: configText(said) } : {}) }
}

const configText = (said: object): string =>
  `import { defineConfig } from 'loadwright/config'\n\nexport default defineConfig(${literal(said, 0, 200)})\n`

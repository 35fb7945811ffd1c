import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { atomicWrite, makeFolder, refuse, UserError } from '../base/index.ts'
import { buildNamed, declaredMonitors, readProject, withPresetMonitors } from '../project/index.ts'
import type { About } from './about.ts'
import { aboutOf } from './aboutOf.ts'
import type { File } from './file.ts'

/**
 * What the named suites of the project declare (its own one if none is named), and its monitors, those of presets among
 * them. Throws UserError.
 */
export async function aboutProject(names: readonly string[] = []): Promise<About> {
  const project = await readProject()
  refuse(project.problems)
  const manifests = []
  for (const name of names.length === 0 ? [undefined] : names)
    manifests.push((await buildNamed(project, name, { env: process.env })).manifest)
  const { config } = await withPresetMonitors(project)
  const monitors = config.monitors === undefined ? [] : declaredMonitors(config)
  const watched = monitors.map(({ job, target, frequency }) => ({ job, instance: target, every: frequency }))
  return { ...aboutOf(manifests), monitors: watched }
}

/** Writes those files that differ, and gives their number. Throws UserError, naming the flag that gave the folder. */
export async function writeFiles(folder: string, files: readonly File[], flag: string): Promise<number> {
  let written = 0
  for (const file of files) {
    if (await isSame(folder, file)) continue
    const path = join(folder, file.path)
    try {
      await makeFolder(dirname(path))
      await atomicWrite(path, file.text)
    } catch (error) {
      throw new UserError(`${flag}: ${relative('.', path)} cannot be written: ${(error as Error).message}`)
    }
    written += 1
  }
  return written
}

/** Whether a file lies in a folder as it would be written. */
export async function isSame(folder: string, { path, text }: File): Promise<boolean> {
  return (await readFile(join(folder, path), 'utf8').catch(() => undefined)) === text
}

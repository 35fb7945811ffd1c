import { basename, extname } from 'node:path'
import { refuse, UserError } from '../../base/index.ts'
import type { Project } from '../build/config.ts'
import { sourceFile } from '../sourceFile.ts'
import { suiteFiles } from '../suiteFiles.ts'
import { isPreset } from './isPreset.ts'
import { overlaid, overlayOf } from './overlay.ts'
import { readPreset, type ReadPreset } from './readPreset.ts'
import { variablesIn } from './variables.ts'

/** A project with what a preset says laid over its config, and the preset. Throws UserError with every problem of it. */
export async function withPreset<P extends Project>(
  project: P,
  file: string,
): Promise<{ project: P; read: ReadPreset }> {
  const read = await readPreset(file)
  const { overlay, problems } = overlayOf(read, project.config)
  refuse(problems)
  const preset = { file, shown: read.shown, variables: variablesIn(read.preset) }
  return { project: { ...project, config: overlaid(project.config, overlay), preset }, read }
}

/**
 * The project and the name by which a suite or script is found in it: where a preset is meant, by its file or its name, its
 * config is laid over the project's, and the name is its file. Throws UserError with every problem of that preset.
 */
export async function chosenIn<P extends Project>(
  project: P,
  name: string | undefined,
): Promise<{ project: P; name: string | undefined }> {
  if (project.preset) return { project, name }
  const file = await presetNamed(project, name)
  return file === undefined ? { project, name } : { ...(await withPreset(project, file)), name: file }
}

/** The file of the preset that is meant, if one is. Throws UserError where there is no such file. */
export async function presetNamed(project: Project, name: string | undefined): Promise<string | undefined> {
  if (name !== undefined && isPreset(name)) return sourceFile(project.folder, name)
  if (name !== undefined && /[./\\]/.test(name)) return undefined
  const files = await filesOf(project)
  const presets = files.filter(isPreset)
  const wanted = name ?? project.config.suite
  if (wanted === undefined) return presets.length === files.length ? presets[0] : undefined
  for (const file of presets) {
    if (basename(file, extname(file)) === wanted) return file
    const named = await readPreset(file).catch(() => undefined)
    if (named?.preset.name === wanted) return file
  }
  return undefined
}

/** The project's files of suites; none where there are none, which is told when it matters. */
async function filesOf(project: Project): Promise<string[]> {
  try {
    return await suiteFiles(project)
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}

import { relative } from 'node:path'
import { UserError } from '../../base/index.ts'
import type { Project } from '../build/config.ts'
import { suiteFiles } from '../suiteFiles.ts'
import { isPreset } from './isPreset.ts'
import { withPreset } from './presetProject.ts'

/** A preset of a project, as a list shows it. */
export interface ListedPreset {
  name: string
  /** From the project's folder. */
  file: string
  description?: string
  /** What is wrong with it; then it has its file's name. */
  problems?: string
}

/** The presets among the suites of a project, with what is wrong with them; one that is broken stops no other. */
export async function projectPresets(project: Project): Promise<ListedPreset[]> {
  const files = await suiteFiles(project).catch((error: unknown) => {
    if (error instanceof UserError) return []
    throw error
  })
  return Promise.all(files.filter(isPreset).map((file) => listed(project, file)))
}

async function listed(project: Project, path: string): Promise<ListedPreset> {
  const file = relative(project.folder, path)
  try {
    const { name, description } = (await withPreset(project, path)).read.preset
    return { name, file, ...(description === undefined ? {} : { description }) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { name: file.replace(/^.*[\\/]|\.\w+$/g, ''), file, problems: error.message }
  }
}

import { readFile } from 'node:fs/promises'
import { basename, dirname, extname } from 'node:path'
import { UserError } from '../../base/index.ts'
import { readProject } from '../build/config.ts'
import { projectFolder } from '../projectFolder.ts'
import { suiteFiles } from '../suiteFiles.ts'
import { isPreset } from './isPreset.ts'

/**
 * The file of the suite of this name, or of a file of this name, in the project around a preset, or in that of whoever runs
 * it; undefined where there is none.
 */
export async function suiteNamed(name: string, preset: string): Promise<string | undefined> {
  const folders = [dirname(dirname(preset)), process.cwd()].map(projectFolder)
  for (const folder of new Set(folders)) {
    const files = await filesIn(folder)
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))
    const says = new RegExp(`\\bname:\\s*(['"\`])${name}\\1`)
    const found =
      files.find((file) => basename(file, extname(file)) === name) ??
      files.find((_, at) => says.test(texts[at] ?? ''))
    if (found !== undefined) return found
  }
  return undefined
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return (await suiteFiles(await readProject(folder))).filter((file) => !isPreset(file))
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}

import { access, constants, stat } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'

/** Every program of that name on PATH, in order, as absolute paths. */
export async function onPath(name: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const file = process.platform === 'win32' ? `${name.replace(/\.exe$/i, '')}.exe` : name
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '')
  const found: string[] = []
  for (const folder of new Set(folders.map((folder) => resolve(folder)))) {
    const path = join(folder, file)
    if (await isProgram(path)) found.push(path)
  }
  return found
}

/** Whether a path is a file that may be executed. */
export async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { isFile, projectFolder } from '../project/index.ts'
import { say } from './output.ts'

/** Options that are paths. */
const PATHS = ['results', 'outdir', 'out', 'baselines', 'waivers', 'audit'] as const

/**
 * Makes a command work in the folder of the project that the working folder is in, and says so where that is another one.
 * Paths that were given are still those from where they were typed.
 */
export function enterProject(command: Command): void {
  // What makes a project, or asks for none, stays where it is.
  if (['init', 'shop'].includes(command.name()) || command.parent?.name() === 'k6') return
  const start = process.cwd()
  const home = projectFolder(start)
  if (home === start) return
  process.chdir(home)
  say(`in the project ${relative(start, home)}`)
  const moved = (path: string): string => relative(home, resolve(start, path)) || '.'
  command.processedArgs = (command.processedArgs as unknown[]).map((name) =>
    typeof name === 'string' &&
    (command.name() === 'import' || isFile(name) || (/[/\\]/.test(name) && existsSync(resolve(start, name))))
      ? moved(name)
      : name,
  )
  for (const option of PATHS) {
    const value: unknown = command.getOptionValue(option)
    if (typeof value === 'string' && command.getOptionValueSource(option) === 'cli')
      command.setOptionValueWithSource(option, moved(value), 'cli')
  }
}

import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** The names of a project's config, the first of which counts. */
export const CONFIG_FILES = ['loadwright.config.ts', 'loadwright.config.js', 'loadwright.config.mjs'] as const

/**
 * The folder of the project that a folder is in: the nearest one, itself or above, that has a config, or suites or
 * presets of its own in the place where they are without one. Never beyond a repository or out of `node_modules`; the
 * folder itself where there is none.
 */
export function projectFolder(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (CONFIG_FILES.some((name) => existsSync(join(folder, name)))) return folder
    if (hasSuites(folder) || basename(folder) === 'node_modules') return start
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return start
  }
}

function hasSuites(folder: string): boolean {
  return has(folder, 'suites', /\.ts$/) || has(folder, 'presets', /\.ya?ml$/)
}

function has(folder: string, name: string, pattern: RegExp): boolean {
  try {
    return readdirSync(join(folder, name)).some((file) => pattern.test(file))
  } catch {
    return false
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function find(folder: string): string {
  const file = join(folder, 'package.json')
  if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'loadwright')
    return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('loadwright’s own package.json was not found')
  return find(parent)
}

/** The folder of the installed package loadwright. */
export const packageRoot = find(dirname(fileURLToPath(import.meta.url)))

/**
 * The conditions under which a bundler finds loadwright's own modules: its sources, where they are there, as in its
 * repository; else what was compiled of them. `module` is esbuild's own, which it forgets when given others.
 */
export const exportConditions = [
  ...(existsSync(join(packageRoot, 'lib/index.ts')) ? ['loadwright-source'] : []),
  'module',
]

/** The version of loadwright. */
export const version = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version

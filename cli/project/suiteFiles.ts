import { glob } from 'tinyglobby'
import { UserError } from '../base/index.ts'
import type { Project } from './build/config.ts'
import { isPreset } from './presets/isPreset.ts'

/** Where suites and presets are, unless a config says so. */
const USUAL = ['suites/*.ts', 'presets/*.{yaml,yml}']

/** The files of a project that hold suites, sorted, and those of presets after them. Throws UserError where there are none. */
export async function suiteFiles({ folder, config }: Project): Promise<string[]> {
  const patterns = config.suites ?? USUAL
  const files = await glob([...patterns], {
    cwd: folder,
    absolute: true,
    ignore: ['**/*.test.ts', '**/*.pool.ts', '**/*.client.ts', '**/*.d.ts'],
  })
  if (files.length > 0)
    return files.sort((a, b) => Number(isPreset(a)) - Number(isPreset(b)) || (a < b ? -1 : 1))
  throw new UserError(
    `no suites: nothing matches ${patterns.join(', ')} in ${folder}. Write a suite there, or set \`suites\` in loadwright.config.ts`,
  )
}

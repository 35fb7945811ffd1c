import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { SuiteOptions } from '../../record/index.ts'

/** What k6 runs in the place of a script that has no default export, and which functions that calls. */
export interface Entry {
  path: string
  functions: readonly string[]
}

/**
 * An entry for a script without a default export: it calls what its scenarios name, one after the other, since one
 * iteration by one VU is made of the default export alone. Undefined where there is one, or nothing is named.
 */
export async function entryOf(
  path: string,
  options: () => Promise<Pick<SuiteOptions, 'scenarios'> | undefined>,
  folder: string,
): Promise<Entry | undefined> {
  const exported = await exportsOf(path)
  if (exported === undefined || exported.includes('default')) return undefined
  const { scenarios = {} } = (await options()) ?? {}
  const named = Object.values(scenarios).map((scenario) => (scenario as { exec?: string }).exec)
  const functions = [...new Set(named)].filter((name): name is string => exported.includes(name ?? ''))
  if (functions.length === 0) return undefined
  const url = JSON.stringify(pathToFileURL(path).href)
  const calls = functions.map((name) => `  await script[${JSON.stringify(name)}](data)\n`)
  const code = [
    `import * as script from ${url}\n`,
    `export * from ${url}\n`,
    `export default async function (data) {\n${calls.join('')}}\n`,
  ]
  const entry = join(folder, 'entry.js')
  await writeFile(entry, code.join(''))
  return { path: entry, functions }
}

/** The names that a script exports; undefined where they cannot be read. */
async function exportsOf(path: string): Promise<string[] | undefined> {
  try {
    const { metafile } = await build({
      entryPoints: [path],
      absWorkingDir: process.cwd(),
      metafile: true,
      write: false,
      format: 'esm',
      logLevel: 'silent',
    })
    return Object.values(metafile.outputs)[0]?.exports
  } catch {
    return undefined
  }
}

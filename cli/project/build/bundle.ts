import { join } from 'node:path'
import { build, type BuildFailure, type BuildOptions, type BuildResult, type Plugin } from 'esbuild'
import type { Built } from '../../../config/built.ts'
import { exportConditions, UserError } from '../../base/index.ts'
import { presets } from '../presets/plugin.ts'
import { ascii } from './ascii.ts'
import { browserForm, isBrowserSuite } from './browserForm.ts'
import { deferred } from './deferred.ts'
import { pools } from './pools.ts'
import { errorReason } from './reason.ts'
import { sourceMap } from './sourceMap.ts'

/** What a bundle may be at most in Synthetic Monitoring, in bytes. */
export const MONITOR_BYTES = 128 * 1024

/** The one file that k6 runs, and its source map, which the file does not mention. */
export interface Bundle {
  code: string
  map: string
}

/** A bundle, and the modules of k6 that it imports. */
export interface Bundled extends Bundle {
  modules: readonly string[]
}

/**
 * Bundles an entry into the one file that k6 runs: ES2022 module, k6's own modules external, minified, ASCII. The map's
 * sources are relative to `folder`. A readable one is not minified, and says in comments where each part comes from. One
 * of journeys in a browser has the form that Synthetic Monitoring takes for a browser script. Throws UserError with esbuild's own sentences where the entry cannot be bundled.
 */
export async function bundle(
  entry: string,
  built: Built,
  folder: string = process.cwd(),
  readable = false,
): Promise<Bundled> {
  const options = optionsOf(entry, built, folder)
  const how = { ...options, minify: !readable, sourcemap: 'external' as const, metafile: true }
  const plain = await made({
    ...how,
    plugins: [presets(), pools(), deferred({ ...options, sourcemap: 'external' }, readable)],
  })
  // There are few VUs with a browser: what puts code off until it is needed would spare nothing.
  const chosen = isBrowserSuite(plain)
    ? await made({ ...how, ...browserForm(entry), plugins: [presets(), pools()] })
    : plain
  const [map, code] = textsOf(chosen)
  const { code: written, moved } = ascii(code ?? '')
  return { code: written, map: sourceMap(map ?? '', folder, moved), modules: modulesOf(chosen) }
}

/** Bundles an entry to be evaluated here alone: neither small nor mapped, and in a quarter of the time. Throws as {@link bundle} does. */
export async function bundleWith(
  plugins: Plugin[],
  entry: string,
  built: Built,
  folder: string,
): Promise<string> {
  const [code] = textsOf(await made({ ...optionsOf(entry, built, folder), plugins: [presets(), ...plugins] }))
  return code ?? ''
}

function optionsOf(entry: string, { spans = false, ...known }: Built, folder: string) {
  return {
    entryPoints: [entry],
    // esbuild's own is the folder in which this process began: that is not always the project's.
    absWorkingDir: process.cwd(),
    outfile: join(folder, 'bundle.js'),
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    // es2022 itself has the first two, k6's engine has not; for `??=` it allocates each time, for `?? (… = …)` never.
    supported: { 'async-generator': false, 'for-await': false, 'logical-assignment': false },
    mainFields: ['module', 'main'],
    conditions: exportConditions,
    external: ['k6', 'k6/*', 'https://*'],
    legalComments: 'none',
    logLevel: 'silent',
    define: { __LOADWRIGHT__: JSON.stringify(known), 'globalThis.LOADWRIGHT_SPANS': String(spans) },
  } satisfies BuildOptions
}

const modulesOf = ({ metafile }: BuildResult): string[] =>
  Object.values(metafile?.outputs ?? {}).flatMap(({ imports }) =>
    imports.filter(({ external }) => external === true).map(({ path }) => path),
  )

const textsOf = ({ outputFiles = [] }: BuildResult): string[] => outputFiles.map(({ text }) => text)

async function made(options: BuildOptions): Promise<BuildResult> {
  try {
    return await build(options)
  } catch (error) {
    if (!(error as Partial<BuildFailure>).errors) throw error
    throw new UserError(errorReason(error))
  }
}

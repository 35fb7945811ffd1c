import { dirname } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { exportConditions } from '../../base/index.ts'
import { pools } from './pools.ts'

/** Bundles a text that stands beside `file`, to be evaluated here alone; tells whether something of it drives a browser. */
export async function bundleText(
  contents: string,
  file: string,
  plugins: readonly Plugin[],
): Promise<{ code: string; browser: boolean }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: dirname(file) },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: exportConditions,
    external: ['k6', 'k6/*', 'https://*'],
    logLevel: 'silent',
    plugins: [...plugins, pools()],
  })
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  return { code: outputFiles[0]?.text ?? '', browser: imports.some(({ path }) => path === 'k6/browser') }
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { packageRoot } from '../../base/index.ts'

/** The collector's program as one file for Node.js, with the packages that it needs. */
export async function collectorProgram(): Promise<string> {
  const file = join(packageRoot, 'dist/collector.mjs')
  const { outputFiles } = await build({
    stdin: { contents: await readFile(file, 'utf8'), resolveDir: packageRoot },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    charset: 'ascii',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

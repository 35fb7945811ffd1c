import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, URL } from 'node:url'
import { build } from 'esbuild'

/**
 * Bundles sources for Node into a folder, each as NAME.mjs.
 * @param {string} folder
 * @param {string[]} entryPoints
 */
export const bundled = (folder, ...entryPoints) => {
  // What is bundled looks for the package that it belongs to.
  copyFileSync(fileURLToPath(new URL('../package.json', import.meta.url)), join(folder, 'package.json'))
  return build({
    entryPoints,
    entryNames: '[name]',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    // protobufjs is CommonJS.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  })
}

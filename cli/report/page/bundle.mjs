import { fileURLToPath, URL } from 'node:url'
import { build } from 'esbuild'

/** @param {string} name of a file beside this one */
const here = (name) => fileURLToPath(new URL(name, import.meta.url))

/**
 * Bundles what a browser needs of a report: its script and its style, each as one text.
 * @returns {Promise<{ script: string, style: string }>}
 */
export async function bundlePage() {
  const { outputFiles } = await build({
    entryPoints: [here('main.ts'), here('style.css')],
    bundle: true,
    minify: true,
    write: false,
    outdir: 'page',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  })
  /** @param {string} ending */
  const text = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text.trim() ?? ''
  return { script: text('.js'), style: text('.css') }
}

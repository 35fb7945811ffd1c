import { fileURLToPath, URL } from 'node:url'
import { build } from 'esbuild'

/** @param {string} name of a file beside this one */
const here = (name) => fileURLToPath(new URL(name, import.meta.url))

/**
 * A room's door names more than a page needs, and what stands behind may need Node. It is left out of the bundle, so its
 * packages are not looked for; of them a page has uPlot alone.
 * @type {import('esbuild').Plugin}
 */
const unused = {
  name: 'packages of Node',
  setup({ onResolve }) {
    onResolve({ filter: /^[@\w]/ }, ({ kind, path }) =>
      kind === 'entry-point' || path.startsWith('uplot') ? undefined : { path, external: true },
    )
  },
}

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
    plugins: [unused],
    logOverride: { 'empty-import-meta': 'silent' },
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  })
  /** @param {string} ending */
  const text = (ending) => outputFiles.find(({ path }) => path.endsWith(ending))?.text.trim() ?? ''
  return { script: text('.js'), style: text('.css') }
}

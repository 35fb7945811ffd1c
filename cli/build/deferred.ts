import { resolve } from 'node:path'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { packageRoot } from '../package.ts'
import { POOL } from './pools.ts'

/** The module of the library whose evaluation is put off to its first call. */
const DEFERRED = /\/lib\/deferred\.[jt]s$/

const isDeferred = (path: string): boolean => path.startsWith(packageRoot) && DEFERRED.test(path)

/**
 * Puts off the library's module `deferred`, with all that only it imports, to its first call, as `import defer` will
 * do: in the bundle they are inside one function, which a VU that never calls it does not run.
 */
export function deferred(options: BuildOptions): Plugin {
  return {
    name: 'deferred',
    setup(outer) {
      outer.onLoad({ filter: DEFERRED }, async ({ path }) => {
        if (!isDeferred(path)) return undefined
        const eager = await reachable(options)
        const { outputFiles } = await build({
          ...options,
          entryPoints: [path],
          outfile: `${path}.bundle.js`,
          minify: false,
          sourcemap: 'inline',
          plugins: [external((found) => eager.has(found))],
        })
        return { contents: inFunction(outputFiles?.[0]?.text ?? ''), loader: 'js' }
      })
    },
  }
}

/** The files of a bundle without what is put off. */
async function reachable(options: BuildOptions): Promise<Set<string>> {
  const { metafile } = await build({
    ...options,
    minify: false,
    sourcemap: false,
    metafile: true,
    plugins: [rowless, external(isDeferred)],
  })
  const [output] = Object.values(metafile.outputs)
  return new Set(
    Object.entries(output?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => resolve(path)),
  )
}

/** Leaves imports of some files as they are. */
function external(is: (path: string) => boolean): Plugin {
  return {
    name: 'external',
    setup(build) {
      build.onResolve({ filter: /^[./]/ }, ({ path, resolveDir, kind }) => {
        const found = kind === 'entry-point' ? undefined : resolve(resolveDir, path)
        return found !== undefined && is(found) ? { path: found, external: true } : undefined
      })
    },
  }
}

/** Pools without their rows: what they import is all that is asked for. */
const rowless: Plugin = {
  name: 'rowless',
  setup(build) {
    build.onLoad({ filter: POOL }, () => ({
      contents: `export { pool as default } from 'loadwright'`,
      resolveDir: packageRoot,
    }))
  },
}

/** A bundled module as a function that evaluates it at its first call. Lines stay, for the source map. */
function inFunction(bundled: string): string {
  const imports: string[] = []
  const body = bundled
    .replace(/^import [^;]*;$/gm, (statement) => {
      imports.push(statement.replaceAll('\n', ' '))
      return statement.replaceAll(/[^\n]/g, '')
    })
    .replace(/^export \{\s*deferred\s*\};$/m, 'return deferred(); })());')
  return `${imports.join('')} let value; export const deferred = () => (value ??= (() => { ${body}`
}

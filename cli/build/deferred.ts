import { dirname, extname, resolve } from 'node:path'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { packageRoot } from '../package.ts'

/** The module of the library whose evaluation is put off to its first call. */
const DEFERRED = /\/lib\/deferred\.[jt]s$/

/** Properties of the library's own tables and problems, which nothing outside of this module ever reads. */
const INNER = /^(?:allowed|where|fix|judges|judged|stopsOnFailure|level|setting|seconds)$/

const isDeferred = (path: string): boolean => path.startsWith(packageRoot) && DEFERRED.test(path)

/**
 * Puts off the library's module `deferred`, with all that nothing else in the library imports, to its first call, as
 * `import defer` will do: in the bundle they are inside one function, which a VU that never calls it does not run.
 */
export function deferred(options: BuildOptions, readable = false): Plugin {
  return {
    name: 'deferred',
    setup(outer) {
      outer.onLoad({ filter: DEFERRED }, async ({ path }) =>
        isDeferred(path)
          ? {
              contents: await once(path, readable ? options : { ...options, mangleProps: INNER }),
              loader: 'js',
            }
          : undefined,
      )
    },
  }
}

/** What was put off, by what it is bundled with: it is the same in every suite of a project. */
const known = new Map<string, Promise<string>>()

function once(path: string, options: BuildOptions): Promise<string> {
  const key = JSON.stringify([path, options.define, options.mangleProps !== undefined])
  const made = known.get(key) ?? putOff(path, options)
  known.set(key, made)
  return made
}

/** The module at a path as one function, with what the rest of the library does not have. */
async function putOff(path: string, options: BuildOptions): Promise<string> {
  const rest = await theRest(path, options)
  const { outputFiles } = await build({
    ...options,
    entryPoints: [path],
    outfile: `${path}.bundle.js`,
    sourcemap: 'inline',
    plugins: [external((found) => rest.has(found))],
  })
  return inFunction(outputFiles?.[0]?.text ?? '')
}

/** The files of the library that an author's imports may reach without the one that is put off. */
async function theRest(
  path: string,
  { entryPoints: _, outfile: __, mangleProps: ___, ...options }: BuildOptions,
): Promise<Set<string>> {
  const extension = extname(path)
  const doors = ['./index', '../scenarios/index'].map((door) => `export * from '${door}${extension}'`)
  const { metafile } = await build({
    ...options,
    stdin: { contents: doors.join('\n'), resolveDir: dirname(path) },
    sourcemap: false,
    metafile: true,
    plugins: [external(isDeferred)],
  })
  const [output] = Object.values(metafile.outputs)
  return new Set(
    Object.entries(output?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => resolve(file)),
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

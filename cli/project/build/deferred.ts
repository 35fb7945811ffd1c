import { readFile } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import { build, transform, type BuildOptions, type Loader, type Plugin } from 'esbuild'
import { packageRoot } from '../../base/index.ts'
import { memo } from './memo.ts'

/** The module of the library whose evaluation is put off to its first call. */
const DEFERRED = /\/lib\/deferred\/index\.[jt]s$/

/** Properties of the library's own tables and problems, which nothing outside of this module ever reads. */
const INNER = /^(?:allowed|where|fix|judges|judged|stopsOnFailure|level|setting|lasts|seconds)$/

/** The files of the library that call it. */
const CALLERS = /\/lib\/(?:(?:browser|graphql|websocket|grpc)\/)?\w+\.[jt]s$/

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
      if (readable) return
      outer.onLoad({ filter: CALLERS }, async ({ path }) =>
        path.startsWith(packageRoot) ? { contents: await caller(path), loader: loaderOf(path) } : undefined,
      )
    },
  }
}

// What is the same in every suite that a process builds is made once.
const once = memo(putOff, (path, { define, mangleProps }) =>
  JSON.stringify([path, define, mangleProps !== undefined]),
)

/** The text of a file that may call what is put off. */
const caller = memo(async (path: string) => {
  const text = await readFile(path, 'utf8')
  const library = path.replace(/(?<=\/lib)\/(?:\w+\/)?\w+\.[jt]s$/, '')
  const { names } = await shortened(resolve(library, `deferred/index${extname(path)}`))
  return calling(path, text, names)
})

const loaderOf = (path: string): Loader => (path.endsWith('ts') ? 'ts' : 'js')

/** The module at a path, which is a table of functions, with short names for them; and which those are. */
const shortened = memo(
  async (path: string): Promise<{ code: string; names: Readonly<Record<string, unknown>> }> => {
    const { code, mangleCache } = await transform(await readFile(path, 'utf8'), {
      loader: loaderOf(path),
      mangleProps: /^/,
      reserveProps: /^LOADWRIGHT/,
      // The short names, too, are those of esbuild: letters by how often they occur.
      mangleCache: {},
    })
    return { code, names: mangleCache }
  },
)

/** The text of a file that calls what is put off, by the short names. Throws where it does anything else with it. */
function calling(path: string, text: string, names: Readonly<Record<string, unknown>>): string {
  return text.replace(/\bdeferred\(\)(?:\.(\w+))?/g, (_, name: string) => {
    const short = names[name]
    if (typeof short !== 'string') throw new Error(`${path}: nothing named "${name}" is put off`)
    return `deferred().${short}`
  })
}

/** The module at a path as one function, with what the rest of the library does not have. */
async function putOff(path: string, options: BuildOptions): Promise<string> {
  const rest = await theRest(path, options)
  const { outputFiles } = await build({
    ...options,
    entryPoints: [path],
    outfile: `${path}.bundle.js`,
    sourcemap: 'inline',
    plugins: [external((found) => rest.has(found)), ...(options.mangleProps ? [table(path)] : [])],
  })
  return inFunction(outputFiles?.[0]?.text ?? '')
}

/** The files of the library that an author's imports may reach without the one that is put off. */
async function theRest(
  path: string,
  { entryPoints: _, outfile: __, mangleProps: ___, ...options }: BuildOptions,
): Promise<Set<string>> {
  const extension = extname(path)
  const doors = ['../index', '../../scenarios/index'].map((door) => `export * from '${door}${extension}'`)
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

/** Loads the module at a path with short names. */
function table(path: string): Plugin {
  return {
    name: 'table',
    setup(build) {
      build.onLoad({ filter: DEFERRED }, async (found) =>
        found.path === path ? { contents: (await shortened(path)).code, loader: 'js' } : undefined,
      )
    },
  }
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

import { readFile } from 'node:fs/promises'
import type { LoadHook, ResolveHook } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { k6Names, standIn } from '../../../testing/aliases.ts'

const POOL = /\.pool\.(ts|csv|json)$/
const TYPESCRIPT = /^file:(?!.*\/node_modules\/).*\.m?ts$/

/** Node's hook that finds a module: k6's are the double's; a path without the extension `.ts` finds the file that has it. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  if (k6Names.includes(specifier)) return { url: pathToFileURL(standIn(specifier)).href, shortCircuit: true }
  try {
    return await next(specifier, context)
  } catch (error) {
    if (!/^\.{1,2}(\/|$)/.test(specifier)) throw error
    for (const other of [`${specifier.replace(/\.js$/, '')}.ts`, `${specifier}/index.ts`]) {
      try {
        return await next(other, context)
      } catch {
        // The first error is about what was written.
      }
    }
    throw error
  }
}

/** Node's hook that reads a module: a pool's file becomes the pool, TypeScript becomes JavaScript. */
export const load: LoadHook = async (url, context, next) => {
  const whole = (source: string) => ({ format: 'module', source, shortCircuit: true }) as const
  if (POOL.test(url)) {
    const { poolModule } = await import('../build/pools.ts')
    return whole(await poolModule(fileURLToPath(url)))
  }
  if (!TYPESCRIPT.test(url)) return next(url, context)
  const { transform } = await import('esbuild')
  const sourcefile = fileURLToPath(url)
  const { code } = await transform(await readFile(sourcefile, 'utf8'), {
    loader: 'ts',
    sourcefile,
    sourcemap: 'inline',
    target: 'node20',
  })
  return whole(code)
}

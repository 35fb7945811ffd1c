import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, relative, resolve } from 'node:path'
import type { Plugin } from 'esbuild'
import { packageRoot, UserError } from '../../base/index.ts'
import { readCsv } from './csv.ts'
import { importSource } from './importSource.ts'
import { errorReason } from './reason.ts'

/** Files whose rows become a pool. */
export const POOL = /\.pool\.(ts|csv|json)$/

interface Source {
  rows: readonly Record<string, unknown>[]
  key?: string
}

/**
 * Puts the rows of `*.pool.ts`, `*.pool.csv` and `*.pool.json` into the bundle: as one JSON text, which the engine
 * parses once for all VUs. A `*.pool.ts` runs on Node, now. The pool is of the loadwright that its neighbours import.
 */
export function pools(): Plugin {
  return {
    name: 'pools',
    setup(build) {
      const paths = new Map<string, string>()
      build.onResolve({ filter: POOL }, ({ path, resolveDir }) => ({
        path: resolve(resolveDir, path),
        namespace: 'pool',
      }))
      build.onLoad({ filter: /.*/, namespace: 'pool' }, async ({ path }) => {
        const other = paths.get(poolName(path)) ?? path
        if (other !== path)
          throw new UserError(
            `two pools are named ${poolName(path)}, and k6 would give both the rows of one: ${other}, ${path}`,
          )
        paths.set(poolName(path), path)
        const resolveDir = dirname(path)
        const door = (folder: string) =>
          build.resolve('loadwright', { kind: 'import-statement', resolveDir: folder })
        const near = await door(resolveDir)
        const { path: library } = near.errors.length > 0 ? await door(packageRoot) : near
        const contents = await poolModule(path, library)
        return { contents, loader: 'js', resolveDir, watchFiles: [path] }
      })
    },
  }
}

/**
 * The module that stands for a `*.pool.*` file; `library` is how it imports loadwright. Throws UserError where the file
 * holds no rows.
 */
export async function poolModule(path: string, library = 'loadwright'): Promise<string> {
  const { rows, key } = await read(path)
  if (rows.length === 0)
    throw new UserError(`${relative(process.cwd(), path)}: a pool needs at least one row`)
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const table = [keys, ...rows.map((row) => keys.map((name) => row[name]))]
  const words = [poolName(path), JSON.stringify(table), { key }].map((word) => JSON.stringify(word))
  return `import { pool } from ${JSON.stringify(library)}\nexport default pool(${words.join(', ')})\n`
}

/** The name of a file's pool: its folder and its own name. */
function poolName(path: string): string {
  return `${basename(dirname(path))}/${basename(path).replace(POOL, '')}`
}

async function read(path: string): Promise<Source> {
  const where = relative(process.cwd(), path)
  if (!existsSync(path)) throw new UserError(`${where}: there is no such file`)
  try {
    return checked(await valueOf(path))
  } catch (error) {
    throw new UserError(`${where}: ${errorReason(error)}`)
  }
}

async function valueOf(path: string): Promise<unknown> {
  if (path.endsWith('.ts')) return ((await importSource(path)) as { default?: unknown }).default
  const bytes = await readFile(path)
  if (path.endsWith('.json')) return { rows: JSON.parse(bytes.toString('utf8')) as unknown }
  return { rows: readCsv(bytes) }
}

function checked(value: unknown): Source {
  const { rows, key } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Source>
  if (
    !Array.isArray(rows) ||
    !rows.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row))
  )
    throw new UserError(
      `a pool is a list of rows: \`export default rows([{ … }])\`, a CSV file with a heading, or a JSON array of objects`,
    )
  return { rows: rows as Source['rows'], ...(key === undefined ? {} : { key }) }
}

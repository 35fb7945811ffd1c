import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { exportConditions, UserError } from '../../base/index.ts'

/**
 * Imports a TypeScript file that runs on Node: bundled in memory, its own URL kept for paths beside it. Rejects with an
 * Error where it ends the process, or waits for what never comes; what it throws later is told by {@link strayError}.
 */
export async function importSource(path: string): Promise<unknown> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: exportConditions,
    logLevel: 'silent',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(path).href) },
  })
  const name = `${SOURCE}${encodeURI(relative(process.cwd(), path))}`
  const code = `${outputFiles[0]?.text ?? ''}\n//# sourceURL=${name}`
  return guarded(() => import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`))
}

/** How the files that were imported are named in stacks. */
const SOURCE = 'loadwright-source:'

/**
 * What a file that was imported threw after its import, in a timer or a promise that is not awaited, as a UserError
 * with the file; undefined for other errors.
 */
export function strayError(error: unknown): UserError | undefined {
  const { name = 'Error', message = String(error), stack = '' } = Object(error) as Partial<Error>
  const at = stack.indexOf(SOURCE)
  if (at < 0) return undefined
  const [place = ''] = stack.slice(at + SOURCE.length).split(/[\s)]/, 1)
  return new UserError(
    `${decodeURI(place)}: an error was thrown in a promise or timer that is not awaited: ${name}: ${message}; await or catch it`,
  )
}

/** Runs an import; an end of the process with the import unsettled rejects it. */
async function guarded(run: () => Promise<unknown>): Promise<unknown> {
  keepAlive()
  let unsettled = (): void => undefined
  const never = new Promise((_, reject) => {
    unsettled = () => reject(new Error('it awaits a promise that never settles'))
  })
  process.once('beforeExit', unsettled)
  try {
    return await Promise.race([run(), never])
  } finally {
    process.off('beforeExit', unsettled)
  }
}

const exit = process.exit.bind(process)

/** Makes `process.exit` throw where a file that was imported calls it, now or later. */
function keepAlive(): void {
  process.exit = (code) => {
    const error = new Error(`it calls process.exit(${code ?? ''}); throw an error instead`)
    if (error.stack?.includes(SOURCE)) throw error
    return exit(code)
  }
}

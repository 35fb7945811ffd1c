import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { nearest } from '../../config/problem/nearest.ts'
import type { Problem } from '../../config/problem/problem.ts'
import { cleanEnvironment } from './environment.ts'
import { unknownIn } from './flags.ts'
import type { Engine } from './types.ts'

/** Milliseconds for k6 to print its help. */
const PATIENCE_MS = 10_000

/**
 * Flags after `--` that this k6 does not know, by its own help: it would end with its usage, and no run. Nothing where it
 * does not tell them.
 */
export async function unknownFlags(
  { path, version }: Engine,
  more: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Problem[]> {
  if (!more.some((word) => word.startsWith('-'))) return []
  const limits = { timeout: PATIENCE_MS, windowsHide: true, env: cleanEnvironment(env).env }
  const { stdout } = await promisify(execFile)(path, ['run', '--help'], limits).catch(() => ({ stdout: '' }))
  const known = new Map(
    [...stdout.matchAll(/^ +(?:-\w, )?--([\w-]+)( \S)?/gm)].map(([, name = '', type]) => [
      name,
      type !== undefined,
    ]),
  )
  if (known.size === 0) return []
  return unknownIn(more, known).map((flag) => {
    const near = nearest(flag.replace(/^-+/, ''), [...known.keys()])
    return {
      where: 'after --',
      got: flag,
      allowed: `flags of k6 run (${version})`,
      ...(near === undefined ? {} : { fix: `Did you mean --${near}?` }),
    }
  })
}

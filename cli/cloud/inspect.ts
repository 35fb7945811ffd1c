import { execFile } from 'node:child_process'
import { parseDuration } from '../../config/index.ts'
import type { K6Options } from '../build/manifest.ts'
import { cleanEnvironment, type Engine } from '../k6/index.ts'

/** What k6 itself says of a script that is no suite. */
export interface Inspected {
  options: K6Options
  vus: number
  seconds: number
}

const PATIENCE = 30_000

/** Asks k6 for the options of a plain script; undefined where it has none to tell, which k6 will then say itself. */
export async function inspect(
  engine: Engine,
  path: string,
  pairs: readonly string[],
): Promise<Inspected | undefined> {
  const args = ['inspect', '--execution-requirements', ...pairs.flatMap((pair) => ['-e', pair]), path]
  const { env } = cleanEnvironment(process.env)
  const text = await new Promise<string>((resolve) => {
    execFile(engine.path, args, { env, timeout: PATIENCE, windowsHide: true }, (_, stdout) => resolve(stdout))
  })
  try {
    const answer = JSON.parse(text) as K6Options & { maxVUs?: number; totalDuration?: string }
    const lasts = parseDuration(answer.totalDuration ?? '') ?? 0
    return { options: answer, vus: answer.maxVUs ?? 0, seconds: lasts / 1000 }
  } catch {
    return undefined
  }
}

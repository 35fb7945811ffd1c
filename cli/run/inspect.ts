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

/** What k6 prints: of thresholds `null` where there are none. */
type Answer = Omit<K6Options, 'thresholds'> & {
  thresholds: K6Options['thresholds'] | null
  maxVUs?: number
  totalDuration?: string
}

/** Milliseconds: k6 answers in 30, or runs the top level of a script that reads much. */
const PATIENCE = 30_000

/**
 * Asks k6 for the options of a plain script; undefined where it has none to tell, which k6 will then say itself. Given
 * `shell`, the script sees those variables too, as it does in `k6 run`.
 */
export async function inspect(
  engine: Pick<Engine, 'path'>,
  path: string,
  pairs: readonly string[],
  shell?: NodeJS.ProcessEnv,
): Promise<Inspected | undefined> {
  const { env } = cleanEnvironment(shell ?? process.env)
  const given = shell ? ['--include-system-env-vars'] : pairs.flatMap((pair) => ['-e', pair])
  // By the environment and not by arguments, which everybody on the machine can read.
  if (shell)
    for (const pair of pairs) env[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1)
  const args = ['inspect', '--execution-requirements', ...given, path]
  const text = await new Promise<string>((resolve) => {
    execFile(engine.path, args, { env, timeout: PATIENCE, windowsHide: true }, (_, stdout) => resolve(stdout))
  })
  try {
    const answer = JSON.parse(text) as Answer
    const lasts = parseDuration(answer.totalDuration ?? '') ?? 0
    const scenarios = Object.entries(answer.scenarios).map(([name, shape]) => [name, withoutNulls(shape)])
    const options: K6Options = {
      ...answer,
      thresholds: answer.thresholds ?? {},
      scenarios: Object.fromEntries(scenarios) as K6Options['scenarios'],
    }
    return { options, vus: answer.maxVUs ?? 0, seconds: lasts / 1000 }
  } catch {
    return undefined
  }
}

/** k6 writes `null` for what a scenario does not say. */
const withoutNulls = (shape: object): object =>
  Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== null))

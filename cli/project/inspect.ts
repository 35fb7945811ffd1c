import { execFile } from 'node:child_process'
import { parseDuration } from '../../config/duration.ts'
import { totalPeak, type Shape, type Stage } from '../../config/workload/shape.ts'
import { cleanEnvironment, guardMemory, type Engine } from '../k6/index.ts'
import type { SuiteOptions } from '../record/index.ts'
import { variableName, variableValue } from './variables.ts'

/** Output of `k6 inspect` for a script that is not a suite. */
export interface Inspected {
  options: SuiteOptions
  vus: number
  seconds: number
}

/** Options that k6 makes its one scenario of, where a script names none. */
export interface Shortcut {
  vus?: number | null
  iterations?: number | null
  duration?: string | null
  stages?: readonly Stage[] | null
}

/** What k6 prints: `null` for what a script does not say. */
interface Answer extends Shortcut {
  scenarios: SuiteOptions['scenarios'] | null
  thresholds: SuiteOptions['thresholds'] | null
  maxVUs?: number
  totalDuration?: string
}

/** Milliseconds: k6 answers in 30, or runs the top level of a script that reads much. */
const TIMEOUT_MS = 30_000

/**
 * Asks k6 for the options of a plain script; undefined where it has none to tell, which k6 will then say itself. Given
 * `shell`, the script sees those variables too, as it does in `k6 run`; `signal` ends the wait.
 */
export async function inspect(
  engine: Pick<Engine, 'path'>,
  path: string,
  pairs: readonly string[],
  shell?: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<Inspected | undefined> {
  const { env } = cleanEnvironment(shell ?? process.env)
  const given = shell ? ['--include-system-env-vars'] : pairs.flatMap((pair) => ['-e', pair])
  // By the environment and not by arguments, which everybody on the machine can read.
  if (shell) for (const pair of pairs) env[variableName(pair)] = variableValue(pair)
  const limits = { timeout: TIMEOUT_MS, ...(signal && { signal }) }
  const ask = async (more: readonly string[]) => {
    const args = ['inspect', ...more, ...given, path]
    return new Promise<{ known: Inspected | undefined; killed: boolean }>((resolve) => {
      const child = execFile(engine.path, args, { env, windowsHide: true, ...limits }, (error, stdout) => {
        memory.stop()
        resolve({ known: read(stdout), killed: error?.killed === true })
      })
      const kill = (): boolean => child.kill('SIGKILL')
      const memory = guardMemory({ pids: [child.pid ?? 0], stop: kill, kill })
    })
  }
  const { known, killed } = await ask(['--execution-requirements'])
  // Trap: asked for its requirements, k6 2.2 refuses a script that leaves `vus` to its default of 1.
  return known || killed ? known : (await ask([])).known
}

function read(text: string): Inspected | undefined {
  try {
    const answer = JSON.parse(text) as Answer
    const scenarios = Object.entries(answer.scenarios ?? shortcut(answer)).map(
      ([name, shape]) => [name, withoutNulls(shape)] as const,
    )
    const options = {
      ...answer,
      thresholds: answer.thresholds ?? {},
      scenarios: Object.fromEntries(scenarios),
    }
    const { vus, seconds } = totalPeak(Object.values(options.scenarios))
    const lasts = parseDuration(answer.totalDuration ?? '')
    return { options, vus: answer.maxVUs ?? vus, seconds: lasts === undefined ? seconds : lasts / 1000 }
  } catch {
    return undefined
  }
}

/** The scenario that k6 makes of `vus`, `iterations`, `duration` and `stages`. */
export function shortcut({ vus, iterations, duration, stages }: Shortcut): Record<string, Shape> {
  const size = { vus: vus ?? 1 }
  if (iterations) {
    const most = duration ? { maxDuration: duration } : {}
    return { default: { executor: 'shared-iterations', ...size, iterations, ...most } }
  }
  if (duration) return { default: { executor: 'constant-vus', ...size, duration } }
  if (stages && stages.length > 0) return { default: { executor: 'ramping-vus', startVUs: vus ?? 1, stages } }
  return { default: { executor: 'per-vu-iterations', vus: 1, iterations: 1 } }
}

/** k6 writes `null` for what a scenario does not say. */
const withoutNulls = (shape: Shape): Shape =>
  Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== null)) as unknown as Shape

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanEnvironment, killK6, RUNNING, spawnK6, withoutConfig, type Engine } from '../../k6/index.ts'
import { inspect, type Plan } from '../../project/index.ts'
import { byEnvironment } from '../variablesByEnvironment.ts'
import { entryOf } from './entry.ts'
import { readDevLog, textIn, type DevLog } from './log.ts'
import { storyOf, type Block } from './story.ts'

/** A single pass that k6 made. */
export interface Pass {
  /** k6's exit code; undefined where a signal ended it. */
  code: number | undefined
  story: Block[]
  lines: DevLog['lines']
  thrown: DevLog['thrown']
  /** Functions that the pass called for want of a default export. */
  functions: readonly string[]
  /** What k6 printed, where it wrote no log. */
  printed: string
}

/** What a pass needs beside its plan. */
export interface PassOptions {
  engine: Engine
  /** Further `KEY=VALUE` for the script. */
  env: readonly string[]
  /** Ends k6. */
  signal: AbortSignal
  /** Prints a pass, and what was left out of k6's configuration. */
  out: (text: string) => void
}

const MAX_OUTPUT_CHARACTERS = 20_000
/** Milliseconds that k6 has for `teardown` once it was interrupted. */
const GRACE_MS = 3000

/** Makes one iteration by one VU with a real k6, and reads what happened in it; what k6 wrote is removed. */
export async function makePass(plan: Plan, { engine, env, signal, out }: PassOptions): Promise<Pass> {
  const folder = await mkdtemp(join(tmpdir(), 'loadwright-dev-'))
  try {
    const [points, log] = [join(folder, 'points.json'), join(folder, 'log')]
    const told = Object.entries({ ...plan.variables, SUMMARY: 'none' }).map(
      ([name, value]) => `${name}=${value}`,
    )
    const pairs = [...told, ...env]
    const { path } = plan.suite
    const options = async () => (await inspect(engine, path, pairs, process.env, signal))?.options
    const entry = plan.script === undefined ? undefined : await entryOf(path, options, folder)
    const { args, env: own } = byEnvironment([
      ...['run', '-i', '1', '-u', '1', '--quiet', '--no-color', '--no-thresholds'],
      ...['--summary-mode', 'disabled', '--http-debug=full', '--out', `json=${points}`],
      ...['--log-output', `file=${log}`, '--log-format', 'json'],
      ...pairs.flatMap((pair) => ['-e', pair]),
      entry?.path ?? path,
    ])
    const config = await withoutConfig(folder, out)
    const { code, printed } = await ended(
      spawnK6(engine, args, {
        env: { ...cleanEnvironment(process.env).env, ...own, ...RUNNING },
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(config !== undefined && { config }),
      }),
      signal,
    )
    const said = readDevLog(await textIn(log))
    return {
      code,
      printed,
      story: storyOf(await textIn(points), said),
      lines: said.lines,
      thrown: said.thrown,
      functions: entry?.functions ?? [],
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function ended(
  child: ReturnType<typeof spawnK6>,
  signal: AbortSignal,
): Promise<{ code: number | undefined; printed: string }> {
  let printed = ''
  const keep = (chunk: Buffer): void => {
    printed = (printed + chunk.toString()).slice(-MAX_OUTPUT_CHARACTERS)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  let killer: NodeJS.Timeout | undefined
  const stop = (): void => {
    child.kill('SIGINT')
    killer = setTimeout(() => killK6(child), GRACE_MS)
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise((resolve) => {
      child.on('error', ({ message }) => resolve({ code: undefined, printed: message }))
      child.on('close', (code) => resolve({ code: code ?? undefined, printed }))
    })
  } finally {
    clearTimeout(killer)
    signal.removeEventListener('abort', stop)
  }
}

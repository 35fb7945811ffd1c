import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../../base/index.ts'
import { cleanEnvironment, killK6, RUNNING, spawnK6, withoutConfig, type Engine } from '../../k6/index.ts'
import { inspect, type Plan } from '../../project/index.ts'
import { browserFor } from '../browserFor.ts'
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
  /** Shows the browser that it drives. */
  headed?: boolean
  /** Milliseconds that each act on a page waits before it is done. */
  slowMo?: number
  /** Ends k6. */
  signal: AbortSignal
  /** Prints a pass, and what was left out of k6's configuration. */
  out: (text: string) => void
}

const MAX_OUTPUT_CHARACTERS = 20_000
/** Milliseconds that k6 has for `teardown` once it was interrupted. */
const GRACE_MS = 3000

/**
 * Makes one iteration by one VU with a real k6, and reads what happened in it; what k6 wrote is removed. Throws UserError
 * where a browser is to be seen, and none is driven or found.
 */
export async function makePass(plan: Plan, options: PassOptions): Promise<Pass> {
  const { engine, env, signal, out } = options
  const browser = await browserOf(plan, options)
  const folder = await mkdtemp(join(tmpdir(), 'loadwright-dev-'))
  try {
    const [points, log] = [join(folder, 'points.json'), join(folder, 'log')]
    const told = Object.entries({ ...plan.variables, ...browser?.variables, SUMMARY: 'none' })
    const pairs = [...told.map(([name, value]) => `${name}=${value}`), ...env]
    const { path } = plan.suite
    const scriptOptions = async () => (await inspect(engine, path, pairs, process.env, signal))?.options
    const entry = plan.script === undefined ? undefined : await entryOf(path, scriptOptions, folder)
    const { args, env: own } = byEnvironment([
      // One that drives a browser makes a pass by itself: -i would take the browser away.
      ...['run', ...(browser ? [] : ['-i', '1', '-u', '1']), '--quiet', '--no-color', '--no-thresholds'],
      ...['--summary-mode', 'disabled', '--http-debug=full', '--out', `json=${points}`],
      ...['--log-output', `file=${log}`, '--log-format', 'json'],
      ...pairs.flatMap((pair) => ['-e', pair]),
      entry?.path ?? path,
    ])
    const config = await withoutConfig(folder, out)
    const { code, printed } = await ended(
      spawnK6(engine, args, {
        env: { ...cleanEnvironment(process.env).env, ...own, ...browser?.env, ...RUNNING },
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

/** How long a pass in a browser may take where nobody says: a person may look on. */
const BROWSER_BUDGET = '10m'

/** The variables of a pass in a browser, for the script and for k6; undefined where none is driven. */
async function browserOf(
  { manifest, script, variables }: Plan,
  { headed = false, slowMo }: PassOptions,
): Promise<{ variables: Record<string, string>; env: Record<string, string> } | undefined> {
  const env = script === undefined ? await browserFor(manifest, () => undefined) : undefined
  if (env === undefined) {
    if (!headed && slowMo === undefined) return undefined
    const flag = headed ? '--headed' : '--slow-mo'
    throw new UserError(
      `${flag}: ${manifest.suite} drives no browser. Give it to a suite of loadwright/browser`,
    )
  }
  return {
    // Under a name or a profile it would have the load of its suite.
    variables: {
      RUN_ID: '',
      PROFILE: '',
      TIME_BUDGET: variables.TIME_BUDGET ?? BROWSER_BUDGET,
      ...(slowMo === undefined ? {} : { SLOW_MO: String(slowMo) }),
    },
    env: { ...env, ...(headed ? { K6_BROWSER_HEADLESS: 'false' } : {}) },
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

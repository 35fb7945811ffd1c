import { randomInt } from 'node:crypto'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { scriptKind } from '../../check/index.ts'
import { browserEnvironment, killK6, spawnK6, type Engine } from '../../k6/index.ts'
import { agentArguments, agentEnvironment, type Files } from './command.ts'
import type { Exit } from './exitWords.ts'

/** What is executed, where, and for how long at most. */
export interface Order {
  engine: Engine
  /** The script's bytes. */
  code: string
  /** What `k6/secrets` answers, by name. */
  secrets?: Readonly<Record<string, string>>
  /** A folder that does not exist yet. */
  folder: string
  /** Milliseconds. */
  timeout: number
  /** Ends k6 at once; the promise then rejects with its reason. */
  signal: AbortSignal
}

/** What an execution left. */
export interface Left {
  exit: Exit
  files: Files
  /** From the start of k6's process to its end (milliseconds). */
  took: number
  /** From the start of k6's outputs to their end (seconds); undefined where they never started. */
  scriptSeconds?: number
}

const MAX_OUTPUT_CHARACTERS = 4000

/**
 * Runs a script as the monitoring agent does: from a folder that holds nothing but the script, under a name of digits,
 * with the agent's arguments and environment, killed without mercy at the timeout. Throws UserError where a browser script
 * finds no browser.
 */
export async function execute({ engine, code, secrets = {}, folder, timeout, signal }: Order): Promise<Left> {
  const [work, home, out] = ['work', 'home', 'out'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  for (const path of [work, home, out]) await mkdir(path, { recursive: true })
  const script = `${randomInt(1e9, 9e9)}.js`
  await writeFile(join(work, script), code)
  const files: Files = {
    script: join(work, script),
    log: join(out, 'k6.log'),
    samples: join(out, 'samples.json'),
    ...(await secretsIn(home, secrets)),
  }
  signal.throwIfAborted()
  const kind = scriptKind(code)
  const browser = kind === 'browser' ? (await browserEnvironment(process.env)).env : {}
  const began = performance.now()
  const child = spawnK6(engine, agentArguments({ ...files, script }, kind), {
    cwd: work,
    env: agentEnvironment(process.env.PATH, home, browser),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let printed = ''
  child.stderr?.on(
    'data',
    (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(0, MAX_OUTPUT_CHARACTERS)),
  )
  let killed = false
  const kill = (): void => killK6(child)
  const late = (): void => {
    killed = true
    kill()
  }
  const timer = setTimeout(late, timeout)
  signal.addEventListener('abort', kill, { once: true })
  try {
    const exit = await new Promise<Exit>((resolve) => {
      child.on('error', ({ message }) => resolve({ code: undefined, killed: false, failure: message }))
      child.on('close', (status) => resolve({ code: status ?? undefined, killed, printed }))
    })
    signal.throwIfAborted()
    const took = performance.now() - began
    const scriptSeconds = await lifetime(files.samples, took)
    return { exit, files, took, ...(scriptSeconds !== undefined && { scriptSeconds }) }
  } finally {
    clearTimeout(timer)
    if (files.secrets !== undefined) await rm(files.secrets, { force: true })
    signal.removeEventListener('abort', kill)
  }
}

/** The file of the secrets, which nobody else may read. */
async function secretsIn(
  folder: string,
  secrets: Readonly<Record<string, string>>,
): Promise<Pick<Files, 'secrets'>> {
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`)
  if (lines.length === 0) return {}
  const file = join(folder, 'secrets')
  await writeFile(file, lines.join(''), { mode: 0o600 })
  return { secrets: file }
}

/**
 * Seconds from a file's birth to its last change: k6 makes the file of its samples when its outputs start, and writes
 * the last of it when they end. Where the system keeps no births, the whole time of the process (milliseconds).
 */
async function lifetime(path: string, took: number): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return undefined
  const lasted = found.mtimeMs - found.birthtimeMs
  return (lasted > 0 ? Math.min(lasted, took) : took) / 1000
}

import type { ChildProcess } from 'node:child_process'
import { defined } from '../base/index.ts'
import { killK6, spawnK6, type SpawnOptions } from './spawn.ts'
import { stopping } from './stop.ts'
import type { Engine } from './types.ts'

/** How a k6 process ended. */
export interface Ended {
  /** Its exit code; undefined where a signal ended it. */
  code: number | undefined
  interrupted: boolean
  /** Why it could not be started, if it could not. */
  failure?: string
  /** Why it was stopped before its end, where that was no signal's doing. */
  stopped?: string
  /** Iterations that it had to interrupt, as it printed; absent where it prints to a terminal, or nothing. */
  interruptedIterations?: number
}

/** A k6 that runs, or several that run one test. */
export interface Running {
  pids: readonly number[]
  /** Stops the load, for a reason that becomes the run's; `teardown` is still made. */
  stop(reason: string): void
  /** Ends k6 by force. */
  kill(): void
}

/** How long k6 may take to end once it was interrupted (milliseconds): its own limits on `teardown`, 60 s, and on `handleSummary`, 120 s. */
export const GRACE_MS = 190_000
/** Milliseconds for the last of what k6 has printed. */
const LAST_OUTPUT_MS = 1000

/** How k6 is run beside how it is started. */
export interface RunningHow extends Pick<SpawnOptions, 'files' | 'config'> {
  readonly onStart?: (running: Running) => void
  /** Nobody sees what k6 prints on stdout: its progress, a summary. */
  readonly quiet?: boolean
}

/** A k6 that was started; `ended` is written as it goes on, and is whole when `end` resolves. */
export interface Started {
  readonly child: ChildProcess
  readonly ended: Ended
  readonly end: Promise<void>
}

/**
 * Starts k6. Of its output what is a terminal's is k6's own; what is not is passed on, so that a reader that goes away
 * (`| head`) ends no run. `files` are removed where this process does not live to see k6's end.
 */
export function startK6(
  engine: Engine,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { quiet = false, files, config }: RunningHow = {},
): Started {
  const ended: Ended = { code: undefined, interrupted: false }
  const how = { env, stdio: ['ignore' as const, ...outputs(quiet)], ...defined({ files, config }) }
  const child = spawnK6(engine, args, how)
  let rest = ''
  child.stdout?.on('data', (part: Buffer) => {
    if (!quiet) process.stdout.write(part)
    const text = rest + part.toString()
    const count = interruptedIn(text)
    if (count !== undefined) ended.interruptedIterations = count
    rest = text.slice(-MAX_LINE_CHARACTERS)
  })
  child.stderr?.on('data', (part: Buffer) => process.stderr.write(part))
  return { child, ended, end: endOf(child, ended) }
}

/** Runs k6 to its end, as {@link startK6} starts it. */
export async function runK6(
  engine: Engine,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  how: RunningHow = {},
): Promise<Ended> {
  const { child, ended, end } = startK6(engine, args, env, how)
  const { stop, release } = stopping([child], {
    grace: GRACE_MS,
    onSignal: () => (ended.interrupted = true),
  })
  if (child.pid !== undefined)
    how.onStart?.({
      pids: [child.pid],
      stop(reason) {
        ended.stopped ??= reason
        stop()
      },
      kill: () => killK6(child),
    })
  try {
    await end
    return ended
  } finally {
    release()
  }
}

/** Characters of a line that may come in two parts. */
const MAX_LINE_CHARACTERS = 200

/** The last count of interrupted iterations in k6's progress: `running (2.0s), 0/2 VUs, 9 complete and 1 interrupted iterations`. */
export function interruptedIn(text: string): number | undefined {
  const [, count] = [...text.matchAll(/ complete and (\d+) interrupted iterations/g)].at(-1) ?? []
  return count === undefined ? undefined : Number(count)
}

const outputs = (quiet: boolean): ('inherit' | 'pipe')[] =>
  [process.stdout, process.stderr].map(({ isTTY }) => (isTTY && !quiet ? 'inherit' : 'pipe'))

/** Waits for the end of a k6, and writes down how it came. */
export async function endOf(child: ChildProcess, ended: Ended): Promise<void> {
  await new Promise<void>((resolve) => {
    child.on('error', ({ message }) => {
      ended.failure = message
      resolve()
    })
    child.on('exit', (code) => {
      if (code !== null) ended.code = code
      // A browser that k6 has left behind may hold its output open.
      setTimeout(resolve, LAST_OUTPUT_MS).unref()
    })
    child.on('close', () => resolve())
  })
}

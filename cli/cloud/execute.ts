import type { ChildProcess } from 'node:child_process'
import { createWriteStream, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { endOf, spawnK6, stopping, unquote, type Ended, type Engine } from '../k6/index.ts'
import { screenOf, type Screen } from './screen.ts'

/** How a `k6 cloud run` ended, and what it printed on the way. */
export interface CloudEnded extends Ended {
  /** It was told to end because its time was up. */
  timedOut: boolean
  /** It did not end when it was told to, and was ended by force. */
  killed: boolean
  /** Where the run is to be seen. */
  link?: string
  /** The status of the run in the cloud at its end, in k6's words: `Finished`, `Aborted (by user)`. */
  status?: string
  /** k6's own last errors. */
  errors: string[]
}

/** How a `k6 cloud run` is watched. Times in milliseconds. */
export interface Watch {
  timeout: number
  /** How long it may take to end once it was told to. */
  grace: number
  /** The cloud's token: hidden, should k6 ever print it. */
  token: string
  /** Where the log is kept. */
  log?: string
  screen?: Screen
}

const MAX_ERRORS = 5
const NOT_YET = { interrupted: false, timedOut: false, killed: false }
/** The longest that Node can wait: 24 days. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1

const LINK = /^\s*output: (?:cloud \()?(https?:\/\/[^\s)]+)/
const STATUS = /^\s*test status: (.+)$/
const ERROR = /^time="[^"]*" level=(?:error|fatal) msg=(?:"((?:[^"\\]|\\.)*)"|(\S+))/
const CAUSE = / error="((?:[^"\\]|\\.)*)"/
/** What the library writes for the record, and no person wants to read. */
const EVENT = /^time="[^"]*" level=\w+ msg="\{\\"loadwright\\":/

/**
 * Runs k6 to its end, and passes its output on. At a first Ctrl-C k6 aborts the run in the cloud and waits for its end; at
 * a second one it ends without waiting.
 */
export async function watchK6(
  engine: Pick<Engine, 'path'>,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  watch: Watch,
): Promise<CloudEnded> {
  const ended: CloudEnded = { code: undefined, ...NOT_YET, errors: [] }
  const child = spawnK6(engine, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const log = hear(child, ended, watch)
  const { stop, release } = stopping([child], {
    grace: watch.grace,
    onSignal: () => (ended.interrupted = true),
    onKill: () => (ended.killed = true),
  })
  const late = (): void => {
    ended.timedOut = true
    stop()
  }
  const timer = setTimeout(late, Math.min(watch.timeout, MAX_TIMEOUT_MS))
  try {
    await endOf(child, ended)
    await new Promise<void>((resolve) => (log ? log.end(resolve) : resolve()))
    return ended
  } finally {
    clearTimeout(timer)
    release()
  }
}

/** Reads what k6 prints, keeps its log, and passes on what a person wants to see. */
function hear(
  { stdout, stderr }: ChildProcess,
  ended: CloudEnded,
  { token, log, screen = screenOf(process.stdout, process.stderr) }: Watch,
): WriteStream | undefined {
  const kept = log === undefined ? undefined : createWriteStream(log, { mode: 0o600 })
  // A log that cannot be kept costs the record its failures, not the run its verdict.
  kept?.on('error', () => undefined)
  const shown = (line: string): string => (token === '' ? line : line.replaceAll(token, '***'))
  eachLine(stdout, (line) => {
    const [link, status] = [LINK.exec(line)?.[1], STATUS.exec(line)?.[1]]
    if (link !== undefined) ended.link ??= link
    if (status !== undefined) ended.status = status
    screen.out(shown(line))
  })
  eachLine(stderr, (line) => {
    const error = errorOf(line)
    if (error !== undefined) ended.errors = [...ended.errors, shown(error)].slice(-MAX_ERRORS)
    kept?.write(`${shown(line)}\n`)
    if (!EVENT.test(line)) screen.err(shown(line))
  })
  return kept
}

/** What k6 calls an error, with its cause; undefined where a line tells of none. */
function errorOf(line: string): string | undefined {
  const [, quoted, bare] = ERROR.exec(line) ?? []
  const said = quoted === undefined ? bare : unquote(quoted)
  const cause = CAUSE.exec(line)?.[1]
  return said === undefined || cause === undefined ? said : `${said}: ${unquote(cause)}`
}

function eachLine(input: Readable | null, take: (line: string) => void): void {
  if (input) createInterface({ input, crlfDelay: Infinity }).on('line', take)
}

import { spawn } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import type { RunRecord } from '../../cli/record/runRecord.ts'
import type { SummaryExport } from '../../cli/k6/summary.ts'
import { startShop } from '../../shop/index.ts'

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The command line as a user has it: `npm test` builds it before. */
const CLI = join(root, 'dist/cli.mjs')

/** A folder for everything that a test file leaves; gone afterwards. */
export const scratch = mkdtempSync(join(tmpdir(), 'loadwright-engine-'))

const closing: (() => unknown)[] = []
afterAll(async () => {
  await Promise.all(closing.map((close) => close()))
  rmSync(scratch, { recursive: true, force: true })
})

/** A new folder inside {@link scratch}. */
export const folder = (): string => mkdtempSync(join(scratch, 'f-'))

/** A load with every phase, of which 12 seconds are steady. */
export const SHORT_LOAD = ['--ramp-up', '1s', '--warm-up', '1s', '--duration', '12s', '--ramp-down', '1s']

/** What hangs is ended before the limit of a test (`vitest.config.ts`), which would not print what it said. */
export const TEST_SECONDS = 580

/** How a process is started; it sees no variable of the shell but PATH, HOME and K6_BIN. */
export interface Start {
  env?: Readonly<Record<string, string>>
  cwd?: string
  /** Seconds until it is ended by force. */
  limit?: number
}

/** How a process ended, and what it printed. */
export interface Ended {
  code: number | null
  out: string
  err: string
  seconds: number
}

/** A process with a group of its own. */
export interface Running {
  pid: number
  ended: Promise<Ended>
  /** Resolves when something that it printed matches; rejects when it ends without. */
  said: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Sends a signal to the process alone, or to its group, as a terminal does. */
  signal: (name: NodeJS.Signals, whom?: 'process' | 'group') => void
}

/** The k6 that a command has started; undefined before and after. */
export function engineOf(pid: number): number | undefined {
  const file = `/proc/${pid}/task/${pid}/children`
  const children = readFileSync(file, 'utf8').trim().split(' ').filter(Boolean)
  return children.map(Number).find((child) => readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'k6')
}

/** Resolves when a process is no more. */
export async function gone(pid: number): Promise<void> {
  const state = (): string =>
    readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .slice(0, 1)
  try {
    while (state() !== 'Z') await new Promise((resolve) => setTimeout(resolve, 50))
  } catch {
    // Nothing of it is left.
  }
}

/** Starts a program. Whatever happens, its group is gone after `limit` seconds. */
export function start(
  command: string,
  args: readonly string[],
  { env, cwd = root, limit = TEST_SECONDS }: Start = {},
): Running {
  const began = Date.now()
  const { PATH = '', HOME = '', K6_BIN = '' } = process.env
  const child = spawn(command, args, {
    cwd,
    env: { PATH, HOME, K6_BIN, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const pid = child.pid ?? 0
  let open = pid > 0
  const signal: Running['signal'] = (name, whom = 'process') => {
    if (!open) return
    try {
      process.kill(whom === 'group' ? -pid : pid, name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  const text = { out: '', err: '' }
  const listeners = new Set<() => void>()
  const hear = (stream: 'out' | 'err') => (chunk: Buffer) => {
    text[stream] += chunk.toString()
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', hear('out'))
  child.stderr.on('data', hear('err'))
  const timer = setTimeout(() => signal('SIGKILL', 'group'), limit * 1000)
  const ended = once(child, 'close').then(([code]): Ended => {
    open = false
    clearTimeout(timer)
    for (const listener of listeners) listener()
    return { code: code as number | null, ...text, seconds: (Date.now() - began) / 1000 }
  })
  const said: Running['said'] = (pattern) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(text.out) ?? pattern.exec(text.err)
        if (match) resolve(match)
      }
      listeners.add(look)
      look()
      void ended.then(() => reject(new Error(`ended without ${String(pattern)}: ${text.out}${text.err}`)))
    })
  closing.push(async () => {
    signal('SIGKILL', 'group')
    await ended
  })
  return { pid, ended, said, signal }
}

/** Starts `loadwright …`. */
export const startCli = (args: readonly string[], how?: Start): Running =>
  start(process.execPath, [CLI, ...args], how)

/** Runs `loadwright …` to its end. */
export const cli = (args: readonly string[], how?: Start): Promise<Ended> => startCli(args, how).ended

/** Runs `k6 …` to its end, with nothing of loadwright's around it. */
export const k6 = (args: readonly string[], how: Start = {}): Promise<Ended> =>
  start(process.env.K6_BIN ?? 'k6', args, {
    ...how,
    env: { K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false', ...how.env },
  }).ended

/** A run that left a record. */
export interface Run extends Ended {
  record: RunRecord
  folder: string
  /** k6's own figures of the same run. */
  summary: () => SummaryExport
}

/** Runs `loadwright run …` with results in a folder of its own, and reads what it left. */
export async function run(args: readonly string[], how?: Start): Promise<Run> {
  const results = folder()
  const ended = await cli(['run', '--results', results, ...args], how)
  const [id, ...more] = readdirSync(results)
  if (id === undefined || more.length > 0)
    throw new Error(`no single run in ${results}: ${ended.out}${ended.err}`)
  return { ...ended, ...read(join(results, id)) }
}

/** What a busy machine makes of a run, beside longer times: k6 without CPU, iterations that come late or not at all. */
const BUSY = new Set([
  'generator-saturated',
  'iterations-dropped',
  'machine-crowded',
  'rate-not-kept',
  'vus-exhausted',
])

/** Why a run did not pass, but for what a busy machine makes of it. */
export const reasonsButBusy = ({ verdict, reasons }: RunRecord): RunRecord['reasons'] =>
  verdict === 'pass'
    ? []
    : reasons.filter(
        ({ code, data }) =>
          !BUSY.has(code) && (code !== 'threshold-crossed' || !/_duration\b/.test(String(data.metric))),
      )

/** Reads what a run left in its folder. */
export function read(folder: string): Pick<Run, 'record' | 'folder' | 'summary'> {
  const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  return {
    folder,
    record: json('run.json') as RunRecord,
    summary: () => json('k6-summary.json') as SummaryExport,
  }
}

const bundles = new Map<string, Promise<string>>()

/** Builds a suite, by its file, into a folder of this test file's; gives the bundle's path. */
export function bundle(
  file = 'examples/01-smoke.ts',
  cwd = root,
  more: readonly string[] = [],
): Promise<string> {
  const known = bundles.get(file)
  if (known) return known
  const outdir = folder()
  const built = cli(['build', file, '--outdir', outdir, ...more], { cwd }).then(({ code, out, err }) => {
    const name = readdirSync(outdir).find((entry) => entry.endsWith('.js'))
    if (code !== 0 || name === undefined) throw new Error(`${file} was not built: ${out}${err}`)
    return join(outdir, name)
  })
  bundles.set(file, built)
  return built
}

/**
 * Puts an `npx` into a folder of executables, which starts a project's own program at once: for each call npm's needs as
 * long as a small command of ours. What npm's own does is tried by setup.ts and consumer.engine.test.ts.
 */
export function quickNpx(bin: string): void {
  const text = '#!/bin/sh\nprogram=node_modules/.bin/$1\nshift\nexec "$program" "$@"\n'
  writeFileSync(join(bin, 'npx'), text, { mode: 0o755 })
}

/** A fixture's file, as the CLI takes it. */
export const fixture = (name: string): string =>
  relative(root, fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)))

/** Makes a project of somebody else's: its files, and loadwright installed in it. */
export function project(files: Readonly<Record<string, string>>): string {
  const place = folder()
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true })
    writeFileSync(join(place, name), text)
  }
  return place
}

/** Makes a project of a fixture: its only suite. */
export const projectOf = (name: string): string =>
  project({ [`suites/${name}`]: readFileSync(join(root, fixture(name)), 'utf8') })

/** An embedded shop on a free port, in this process. */
export async function shop(...faults: string[]): Promise<string> {
  const open = await startShop({ faults })
  closing.push(() => open.close())
  return open.url
}

/** A request that came through a proxy. */
export interface Seen {
  method: string
  path: string
  headers: IncomingHttpHeaders
  /** Unix time in milliseconds. */
  at: number
}

/** A proxy in front of a target that remembers every request. */
export async function capture(target: string): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const proxy = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming
    seen.push({ method, path: url, headers, at: Date.now() })
    const onward = request(target + url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  return { url: await listen(proxy), seen }
}

/** Lets a server listen on a free port of loopback until the test file ends; gives its URL. */
export async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A program's stack trace, of Node or of Go: never what a person should read. */
export const STACK = /^\s+at .+\(?.+:\d+:\d+\)?$|^goroutine \d+/m

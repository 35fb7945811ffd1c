import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { delay, freePort, parseJson, UserError } from '../../base/index.ts'
import { request } from '../../base/http/index.ts'
import type { File } from '../file.ts'
import { yamlOf } from '../provisioning/yaml.ts'
import { stackUrl } from './ports.ts'
import { hasNative, isBefore, OLDEST, prometheusConfig, prometheusFlags, versionIn } from './prometheus.ts'

/** How a Prometheus of this machine is started. */
export interface Serving {
  /** 0 takes a free one. */
  readonly port: number
  /** Its program, by name or path. */
  readonly program: string
  /** Where it keeps its data; undefined: a temporary folder, gone afterwards. */
  readonly data: string | undefined
  /** Rule files (`rules/…`). */
  readonly rules: readonly File[]
}

/** A Prometheus that runs, and takes pushes. */
export interface ServedPrometheus {
  readonly url: string
  /** The address of its alerts. */
  readonly alerts: string
  readonly pid: number
  /** What it says. */
  readonly log: string
  readonly native: boolean
  /** Ends it, and what is temporary; resolves when it is gone. */
  stop(): Promise<void>
  /** Resolves when it has ended, whoever ended it. */
  readonly ended: Promise<unknown>
}

/** Seconds until it must be ready: it replays what it has written before. */
const READY_TIMEOUT_SECONDS = 60

/** Starts a Prometheus on loopback with rules and a receiver of pushes; a UserError says why it does not start. */
export async function servePrometheus({ port, program, data, rules }: Serving): Promise<ServedPrometheus> {
  const version = versionOf(program)
  const folder = data === undefined ? mkdtempSync(join(tmpdir(), 'loadwright-prometheus-')) : resolve(data)
  const listening = port === 0 ? await freePort() : port
  const url = `http://127.0.0.1:${listening}`
  const log = join(folder, 'prometheus.log')
  write(folder, { 'prometheus.yml': configOf(listening), ...byPath(rules), '.gitignore': '*\n' })
  const title = `Prometheus of loadwright ${randomUUID()}`
  const child = spawn(program, argsOf(folder, listening, version, title), {
    stdio: ['ignore', openSync(log, 'w'), openSync(log, 'a')],
  })
  const ended = once(child, 'exit')
  const forget = (): void => {
    if (data === undefined) rmSync(folder, { recursive: true, force: true })
  }
  const last = (): string => readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? ''
  try {
    await ready(child, url, title, last)
  } catch (error) {
    forget()
    throw error
  }
  return {
    url,
    alerts: await alertsOf(url),
    log,
    ended,
    pid: child.pid ?? 0,
    native: hasNative(version),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
      forget()
    },
  }
}

const argsOf = (
  folder: string,
  port: number,
  version: readonly [number, number],
  title: string,
): string[] => [
  `--config.file=${join(folder, 'prometheus.yml')}`,
  `--storage.tsdb.path=${join(folder, 'data')}`,
  `--web.listen-address=127.0.0.1:${port}`,
  `--web.page-title=${title}`,
  ...prometheusFlags(version),
]

const configOf = (port: number): string =>
  yamlOf(
    'Written anew at every start by `loadwright stack prometheus`.',
    prometheusConfig({ rules: ['rules/*.yaml'], self: `127.0.0.1:${port}`, grafana: stackUrl('grafana') }),
  )

const byPath = (files: readonly File[]): Record<string, string> =>
  Object.fromEntries(files.map(({ path, text }) => [path, text]))

/** Writes what Prometheus reads; rules of before, of which there are no more, are gone. */
function write(folder: string, files: Readonly<Record<string, string>>): void {
  try {
    rmSync(join(folder, 'rules'), { recursive: true, force: true })
    for (const name of ['data', 'rules']) mkdirSync(join(folder, name), { recursive: true })
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  } catch (error) {
    throw new UserError(`--data: ${folder} cannot be written: ${(error as Error).message}`)
  }
}

function versionOf(program: string): readonly [number, number] {
  const { stdout, stderr, error } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  const version = error ? undefined : versionIn(stdout + stderr)
  if (version === undefined)
    throw new UserError(
      `there is no Prometheus here: ${program} ${error ? `cannot be started (${(error as NodeJS.ErrnoException).code ?? error.message})` : 'does not say its version'}. On Debian and Ubuntu: apt-get install --no-install-recommends prometheus; elsewhere https://prometheus.io/download, and --prometheus <path>`,
    )
  if (isBefore(version, OLDEST))
    throw new UserError(
      `${program} is Prometheus ${version.join('.')}; allowed: ${OLDEST.join('.')} or later, which takes remote writes`,
    )
  return version
}

async function ready(child: ChildProcess, url: string, title: string, last: () => string): Promise<void> {
  const until = Date.now() + READY_TIMEOUT_SECONDS * 1000
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null
  while (Date.now() < until) {
    if (isGone())
      throw new UserError(
        last().includes('address already in use')
          ? `--port: ${new URL(url).port} is taken; allowed: a free port. --port 0 takes one`
          : `Prometheus ended at once: ${last()}`,
      )
    if ((await isReady(url)) && (await titleOf(url)) === title) return
    await delay(200)
  }
  child.kill('SIGKILL')
  throw new UserError(`Prometheus is not ready after ${READY_TIMEOUT_SECONDS} s: ${last()}`)
}

async function isReady(url: string): Promise<boolean> {
  const { status } = await request(`${url}/-/ready`)
  return status === 200
}

/** What it was started with, at `/api/v1/status/flags`. */
interface Flags {
  readonly data?: Readonly<Record<string, string>>
}

/** The title of its pages, which tells it from somebody else's that has the port. */
async function titleOf(url: string): Promise<string | undefined> {
  const answer = await request(`${url}/api/v1/status/flags`)
  const body = 'text' in answer ? parseJson(answer.text) : undefined
  return (body as Flags | undefined)?.data?.['web.page-title']
}

/** Where a Prometheus may have its alerts: Debian's has no new pages, and a server without pages has its API. */
const ALERTS = ['/alerts', '/classic/alerts', '/api/v1/alerts']

async function alertsOf(url: string): Promise<string> {
  for (const path of ALERTS) {
    const { status } = await request(`${url}${path}`)
    if (status === 200) return `${url}${path}`
  }
  return url
}

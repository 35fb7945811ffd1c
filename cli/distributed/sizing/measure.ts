import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  cpuSeconds,
  defined,
  delay,
  LOG_FILE,
  ofInstance,
  parseJson,
  SUMMARY_FILE,
  UserError,
} from '../../base/index.ts'
import {
  cleanEnvironment,
  countOf,
  killK6,
  RUNNING,
  withoutConfig,
  withoutRemoteWrite,
  type Engine,
  type SummaryExport,
} from '../../k6/index.ts'
import { k6Arguments, READABLE, type Plan } from '../../project/index.ts'
import { ITERATIONS, JOURNEYS, REQUESTS } from '../../record/index.ts'
import {
  byEnvironment,
  endLingering,
  partsOf,
  release,
  setupOnce,
  startInstance,
  waitUntilReady,
  loadOver,
} from '../../run/index.ts'
import { costOf, type BaseCost, type Cost, type Seen } from './cost.ts'
import { openNow } from './machine.ts'

/** VUs of the two runs by which a scenario is measured. */
export const FEW = 4
export const MANY = 100
/** Seconds that the iterations of a VU take in the shorter of two runs, and that the longer one goes on. */
const SHORT_SECONDS = 3
const MORE_SECONDS = 10
/** An iteration that takes no time on its own is taken to last so long, seconds; so none is made too often. */
const LEAST_SECONDS = 0.5
/** Seconds after which k6 interrupts what has not ended: at least, and for each that it was expected to take. */
const PATIENCE = { least: 90, factor: 4 }
/** Milliseconds between two looks at k6. */
const LOOK_MS = 100

/** How scenarios are measured. */
export interface Measuring {
  engine: Engine
  env: readonly string[]
  signal: AbortSignal
  say: (line: string) => void
}

/**
 * Measures what each scenario of a plan costs on this machine, by two short runs of k6 each, side by side. Throws UserError
 * where a scenario did not come to its end.
 */
export async function measure(
  plan: Plan,
  measuring: Measuring,
): Promise<{ base: BaseCost; scenarios: Record<string, Cost> }> {
  const folder = await mkdtemp(join(tmpdir(), 'loadwright-size-'))
  try {
    const measured: [string, ReturnType<typeof costOf>][] = []
    for (const name of namesIn(plan)) {
      const { short, long, seconds } = iterationsOf(plan, name)
      measuring.say(`measuring ${name}: ${FEW} and ${MANY} VUs for about ${Math.ceil(seconds)} s`)
      const run = (vus: number, iterations: number): Promise<Seen> =>
        seenOf(plan, { name, vus, iterations, seconds, folder }, measuring)
      const [a, b, c, d] = await Promise.all([
        run(FEW, short),
        run(FEW, long),
        run(MANY, short),
        run(MANY, long),
      ])
      measured.push([name, costOf({ few: { short: a, long: b }, many: { short: c, long: d } })])
    }
    const bases = measured.map(([, { base }]) => base)
    return {
      base: {
        memory: Math.max(...bases.map(({ memory }) => memory)),
        files: Math.max(...bases.map(({ files }) => files)),
      },
      scenarios: Object.fromEntries(measured.map(([name, { cost }]) => [name, cost])),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The scenarios that can be measured. Throws UserError where there is none. */
function namesIn({ manifest }: Plan): string[] {
  const { scenarios } = manifest.options
  const names = Object.keys(scenarios).filter((name) => scenarios[name]?.options?.browser === undefined)
  if (names.length > 0) return names
  throw new UserError(
    `size: ${manifest.suite} drives a browser in every scenario; allowed: a suite of requests. A browser takes about a core and 0.5 GiB`,
  )
}

/** Iterations of a VU in the shorter and the longer run, and the seconds that the latter lasts. */
function iterationsOf({ manifest }: Plan, name: string) {
  const each = Math.max(manifest.iteration[name]?.seconds ?? 0, LEAST_SECONDS)
  const short = Math.ceil(SHORT_SECONDS / each)
  const long = short + Math.ceil(MORE_SECONDS / each)
  return { short, long, seconds: long * each }
}

/** One of the runs of a scenario. */
interface OneRun {
  name: string
  vus: number
  /** Of each VU. */
  iterations: number
  /** That it is expected to take at most. */
  seconds: number
}

/** Makes one of the runs of a scenario, and gives what k6 used for it. */
async function seenOf(
  plan: Plan,
  { folder: parent, ...run }: OneRun & { folder: string },
  { engine, env, signal, say }: Measuring,
): Promise<Seen> {
  const { name, vus } = run
  const folder = await mkdtemp(join(parent, `${vus}-`))
  const script = join(folder, 'scenario.js')
  await writeFile(script, scriptOf(plan, run))
  const [part] = await partsOf(1)
  if (!part) throw new Error('no part of one')
  const argsOf = (port: number): string[] =>
    k6Arguments(plan, { id: 'size', folder, bundle: script, record: 'off', part: { ...part, port }, env })
  const config = await withoutConfig(folder, say)
  const k6Env = {
    ...withoutRemoteWrite(cleanEnvironment(process.env).env),
    ...byEnvironment(argsOf(part.port)).env,
    ...RUNNING,
    ...READABLE,
  }
  const command = { part, args: (port: number) => byEnvironment(argsOf(port)).args, files: [] }
  const one = startInstance(engine, command, k6Env, {
    onChild: () => undefined,
    isStopping: () => signal.aborted,
    ...defined({ config }),
  })
  const kill = (): void => killK6(one.child)
  signal.addEventListener('abort', kill)
  const ended = async (why: string): Promise<UserError> =>
    new UserError(`size: scenario ${name} ${why}${await lastWords(folder)}`)
  try {
    const late = await Promise.race([waitUntilReady([one], () => signal.aborted), one.end.then(() => [one])])
    signal.throwIfAborted()
    if (late.length > 0) throw await ended('could not begin')
    const failed = await setupOnce([one])
    if (failed !== undefined) throw await ended(`could not begin: setup failed: ${failed}`)
    const pid = one.child.pid ?? 0
    const begin = cpuSeconds(pid)
    const refusal = await release(one.port)
    if (refusal !== undefined) throw await ended(`could not begin: ${refusal}`)
    one.begun = new Date().toISOString()
    const files = await mostOpen(pid, loadOver(one))
    const [end, memory] = [cpuSeconds(pid), await heldAtMost(pid)]
    await endLingering(one, Promise.resolve())
    await one.end
    signal.throwIfAborted()
    const summary = parseJson(
      await readFile(join(folder, ofInstance(SUMMARY_FILE, part.id)), 'utf8').catch(() => ''),
    ) as SummaryExport | undefined
    if (summary === undefined || begin === undefined || end === undefined) throw await ended('was lost')
    const iterations = countOf(summary, ITERATIONS.all.metric)
    if (iterations < vus)
      throw await ended(
        `made ${iterations} iterations with ${vus} VUs within ${patienceOf(run)} s, too few to measure`,
      )
    return {
      vus,
      iterations,
      failed: countOf(summary, JOURNEYS.failed.metric),
      cpu: end - begin,
      memory,
      files,
      requests: countOf(summary, REQUESTS.all.metric),
      sent: countOf(summary, 'data_sent'),
      received: countOf(summary, 'data_received'),
      lasts: Number(summary.metrics[ITERATIONS.trend]?.avg ?? 0) / 1000,
    }
  } finally {
    signal.removeEventListener('abort', kill)
    kill()
  }
}

const patienceOf = ({ seconds }: OneRun): number =>
  Math.ceil(Math.max(PATIENCE.least, PATIENCE.factor * seconds))

/** A script that runs one scenario of a bundle alone, with a number of iterations for each VU. */
function scriptOf({ suite, manifest }: Plan, run: OneRun): string {
  const { thresholds: _thresholds, scenarios, ...options } = manifest.options
  const { name, vus, iterations } = run
  const { env, tags, exec } = scenarios[name] as { env?: object; tags?: object; exec?: string }
  const scenario = {
    executor: 'per-vu-iterations',
    vus,
    iterations,
    maxDuration: `${patienceOf(run)}s`,
    gracefulStop: '0s',
    ...defined({ env, tags, exec }),
  }
  const bundle = JSON.stringify(resolve(suite.path))
  return [
    `export * from ${bundle}`,
    `export { default } from ${bundle}`,
    `export const options = ${JSON.stringify({ ...options, scenarios: { [name]: scenario } })}`,
    'export const handleSummary = () => ({})',
    '',
  ].join('\n')
}

/** The most files that a process has open until something ends. */
async function mostOpen(pid: number, end: Promise<void>): Promise<number> {
  let [most, isOver] = [openNow(pid) ?? 0, false]
  const over = end.then(() => (isOver = true))
  while (!isOver) {
    most = Math.max(most, openNow(pid) ?? 0)
    await Promise.race([delay(LOOK_MS), over])
  }
  return most
}

/** Bytes that a process has held at most. */
async function heldAtMost(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}

/** The last thing that k6 said in a folder, as the end of a sentence. */
async function lastWords(folder: string): Promise<string> {
  const log = await readFile(join(folder, ofInstance(LOG_FILE, '1')), 'utf8').catch(() => '')
  const line = log.trim().split('\n').at(-1) ?? ''
  return line === '' ? '' : `; k6 said last: ${line.slice(0, 500)}`
}

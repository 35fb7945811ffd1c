import { defined, LOG_FILE, ofInstance, PICTURES_FOLDER, refuse, SUMMARY_FILE } from '../base/index.ts'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  cleanEnvironment,
  flagPairs,
  flagsOf,
  removeSetupData,
  runK6,
  RUNNING,
  whileNotStopped,
  withoutConfig,
  withoutRemoteWrite,
  type ConsoleLine,
  type Engine,
  type Running,
} from '../k6/index.ts'
import {
  inspect,
  instanceProblems,
  k6Arguments,
  READABLE,
  recorderEnvironment,
  type InstancePart,
  type Plan,
} from '../project/index.ts'
import { diskFolder, metadataOf, type RunRecord } from '../record/index.ts'
import { picturesOf, writeReports } from '../report/index.ts'
import { dropMap, keepMap, outcomeOf, readMap, watchGenerator, type Ending } from '../verdict/index.ts'
import { beginning } from './beginning.ts'
import { browserFor } from './browserFor.ts'
import { partsOf } from './instances/parts.ts'
import { runTogether } from './instances/together.ts'
import { dropPictures } from './dropPictures.ts'
import { followLog } from './followLog.ts'
import { guardsOf, type Guards } from './guards.ts'
import { homeOf, type Home } from './fallbackFolder.ts'
import { keepRecord, makeRunFolder, writeRecord } from './keepRecord.ts'
import { listen, type Listeners, type Listening } from './listeners.ts'
import { byEnvironment } from './variablesByEnvironment.ts'
import { roomIn } from './diskSpace.ts'
import { withReadyTarget, type TargetPath } from './target.ts'

/** What a run needs beside its plan. */
export interface RunInputs extends TargetPath, Listening {
  engine: Engine
  /** The folder that run folders are made in. */
  results: string
  /** Further `KEY=VALUE` for the script, and further arguments for k6. */
  env?: readonly string[]
  more?: readonly string[]
  /** Variables for k6 over those of the shell, some of which may be secrets: none is recorded. */
  k6Environment?: Readonly<Record<string, string>>
  /** How many k6 share the load, on this machine; 1 unless told. */
  instances?: number
  /** Nobody sees what k6 prints: one of many runs. */
  quiet?: boolean
}

/** A run that ended: its record, its folder, and the lines that the script itself wrote. */
export interface Finished {
  record: RunRecord
  folder: string
  own: readonly ConsoleLine[]
}

/** A run's name: its suite and the UTC time, `boutique-20261121T205900-1a2b`. */
export function newRunId(suite: string, now: Date = new Date()): string {
  const time = now.toISOString().slice(0, 19).replace(/[-:]/g, '')
  const unique = Math.floor(Math.random() * 0x10000)
    .toString(16)
    .padStart(4, '0')
  return `${suite}-${time}-${unique}`.slice(-64).replace(/^-+/, '')
}

/**
 * Runs a plan on a real k6, with the embedded shop if it is the target, and leaves a record, whatever happens. `show` gets
 * the run as soon as its verdict and its reports are there; then what is left is sent on, which the record tells too.
 */
export async function runPlan(
  plan: Plan,
  options: RunInputs,
  show: (finished: Finished) => void,
): Promise<Finished> {
  const { engine, faults, record, env = [], more = [], say, instances = 1 } = options
  const known = await browserFor(plan.manifest, say)
  const { results, warning } = await roomIn(resolve(options.results))
  if (warning !== undefined) say(warning)
  const id = plan.settings.RUN_ID ?? newRunId(plan.manifest.suite)
  const metadata = await metadataOf(process.cwd())
  return whileNotStopped((stopped) =>
    withReadyTarget(plan, options, async (ready) => {
      const asked = await withOptions(ready, options, stopped)
      const browser = known ?? (await browserFor(asked.manifest, say))
      if (instances > 1) refuse(instanceProblems(asked, { count: instances, record, more }))
      const folder = await makeRunFolder(results, id)
      const where = { id, folder, bundle: plan.suite.path, record, spans: options.traces !== undefined }
      const argsOf = (part?: InstancePart): string[] =>
        k6Arguments(asked, { ...where, env, more, ...defined({ part }) })
      const parts = instances > 1 ? await partsOf(instances) : []
      const each = parts.map((part) => ({ part, args: argsOf(part) }))
      const started = beginning(asked, { id, engine, args: argsOf(), parts: each, metadata, faults })
      await writeRecord(folder, started)
      await keepMap(folder, plan.suite.map)
      const guards = guardsOf(ready)
      const onChanges = guards.changes
      const home = homeOf(folder, id, say)
      const { elsewhere } = home
      const listeners = await listen(started, options, { folder, say, onChanges, elsewhere })
      try {
        const watched = home.watch(LOG_FILE, () => writeRecord(folder, started))
        const about = { plan: asked, parts, listeners, guards, folder, started, stopped, browser }
        const ended = await runEngine(options, argsOf, about)
        await watched.stop()
        const finished = await gather(started, ended, { listeners, folder, home, say })
        show(finished)
        const sent = await listeners.finish(stopped)
        if (Object.keys(sent).length === 0) return finished
        const whole = { ...finished.record, ...sent }
        return { ...finished, record: whole, folder: await keepRecord(finished.folder, whole, say) }
      } finally {
        await listeners.stop()
        await listeners.finish(stopped)
      }
    }),
  )
}

/** A plan whose manifest has the options of a plain script, as k6 reads them. */
async function withOptions(
  plan: Plan,
  { engine, env = [], more = [] }: RunInputs,
  stopped: AbortSignal,
): Promise<Plan> {
  if (plan.script === undefined) return plan
  const told = Object.entries(plan.variables).map(([name, value]) => `${name}=${value}`)
  const pairs = [...told, ...env, ...flagPairs(more)]
  const known = await inspect(engine, plan.suite.path, pairs, process.env, stopped)
  return known ? { ...plan, manifest: { ...plan.manifest, options: known.options } } : plan
}

async function runEngine(
  { engine, k6Environment, say, more = [], quiet = false }: RunInputs,
  argsOf: (part?: InstancePart) => readonly string[],
  about: {
    plan: Plan
    /** The k6 that share the load; none where one does it all. */
    parts: readonly InstancePart[]
    listeners: Listeners
    guards: Guards
    folder: string
    started: RunRecord
    stopped: AbortSignal
    browser: Readonly<Record<string, string>> | undefined
  },
): Promise<Ending> {
  const { plan, parts, listeners, guards, folder, started, stopped, browser } = about
  const { env, notes } = cleanEnvironment(process.env)
  for (const note of notes) say(note)
  const config = await withoutConfig(folder, say)
  const apart = byEnvironment(argsOf())
  const told = {
    ...withoutRemoteWrite(env),
    ...apart.env,
    ...RUNNING,
    ...browser,
    ...(browser === undefined ? {} : { PICTURES: join(folder, PICTURES_FOLDER) }),
    ...k6Environment,
    ...READABLE,
    ...(listeners.recorder ? recorderEnvironment(listeners.recorder.url) : {}),
  }
  // A k6 that had not begun has not got the signal.
  if (stopped.aborted) return { code: undefined, interrupted: true }
  const bundle = started.bundle.file
  const locate = await readMap(diskFolder(folder))
  const log = followLog({ file: join(folder, LOG_FILE), bundle, locate, say })
  let watch: ReturnType<typeof watchGenerator> | undefined
  const summaryOf = (part?: InstancePart): string => join(folder, ofInstance(SUMMARY_FILE, part?.id))
  const onStart = (running: Running): void => {
    watch = watchGenerator(running.pids)
    guards.begin(running)
  }
  const filesOf = (part?: InstancePart): string[] => [
    summaryOf(part),
    ...(config === undefined ? [] : [config]),
  ]
  const how = { onStart, ...defined({ config }) }
  const ending =
    parts.length === 0 || !listeners.recorder
      ? runK6(engine, apart.args, told, { ...how, quiet, files: filesOf() })
      : runTogether(
          engine,
          parts.map((part) => ({
            part,
            files: filesOf(part),
            args: (port) => byEnvironment(argsOf({ ...part, port })).args,
          })),
          told,
          {
            ...how,
            folder,
            started,
            say,
            store: listeners.recorder.store,
            thresholds: plan.manifest.options.thresholds,
            quiet: quiet || flagsOf(more).some(({ name }) => name === 'quiet'),
          },
        )
  const ended = await ending.finally(() =>
    Promise.all((parts.length === 0 ? [undefined] : parts).map((part) => removeSetupData(summaryOf(part)))),
  )
  const memory = guards.end()
  if (config !== undefined) await rm(config, { force: true })
  await log.close()
  return {
    ...ended,
    ...defined({ watched: watch?.stop(), memory }),
  }
}

/** Puts a run's record together, and writes it and the reports. */
async function gather(
  started: RunRecord,
  ended: Ending,
  {
    listeners,
    folder,
    home,
    say,
  }: { listeners: Listeners; folder: string; home: Home; say: (line: string) => void },
): Promise<Finished> {
  await listeners.stop()
  const { record, timeline, console } = await outcomeOf(
    started,
    listeners.recorder,
    ended,
    diskFolder(folder),
  )
  const place = await keepRecord(folder, record, say, home)
  await dropMap(place)
  await dropPictures(place, record)
  const pictures = await picturesOf(record, diskFolder(place))
  const problems = await writeReports(place, { record, pictures, ...(timeline ? { timeline } : {}) })
  for (const problem of problems) say(problem)
  listeners.tell({ record, ...(timeline ? { timeline } : {}) })
  return { record, folder: place, own: console.own }
}

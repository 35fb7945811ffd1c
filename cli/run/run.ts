import { defined, LOG_FILE, ofInstance, PICTURES_FOLDER, refuse, SUMMARY_FILE } from '../base/index.ts'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  cleanEnvironment,
  flagsOf,
  removeSetupData,
  runK6,
  RUNNING,
  whileNotStopped,
  withoutConfig,
  withoutRemoteWrite,
  type Engine,
  type Running,
} from '../k6/index.ts'
import {
  instanceProblems,
  k6Arguments,
  READABLE,
  recorderEnvironment,
  withScriptOptions,
  rowsNeeded,
  type InstancePart,
  type Plan,
} from '../project/index.ts'
import { diskFolder, metadataOf, type RunRecord } from '../record/index.ts'
import { readMap, watchGenerator, type Ending } from '../verdict/index.ts'
import { beginning } from './beginning.ts'
import { browserFor } from './browserFor.ts'
import { partsOf } from './instances/parts.ts'
import { runTogether } from './instances/together.ts'
import { followLog } from './followLog.ts'
import { guardsOf, type Guards } from './guards.ts'
import { makeRunFolder } from './keepRecord.ts'
import type { Listeners, Listening } from './listeners.ts'
import { recordRun, type Finished } from './recordRun.ts'
import { byEnvironment } from './variablesByEnvironment.ts'
import { roomIn } from './diskSpace.ts'
import { withReadyTarget, type TargetPath } from './target.ts'

/** What a run needs beside its plan. */
export interface RunInputs extends TargetPath, Listening {
  engine: Engine
  /** The folder that run folders are made in. */
  results: string
  /** Where baselines lie, against which regions are held; `baselines` unless told. */
  baselines?: string
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
      const asked = await withScriptOptions(ready, engine, options, stopped)
      const browser = known ?? (await browserFor(asked.manifest, say))
      refuse(rowsNeeded(asked, { count: instances, more }).problems)
      if (instances > 1) refuse(instanceProblems(asked, { count: instances, record, more }))
      const folder = await makeRunFolder(results, id)
      const where = { id, folder, bundle: plan.suite.path, record, spans: options.traces !== undefined }
      const argsOf = (part?: InstancePart): string[] =>
        k6Arguments(asked, { ...where, env, more, ...defined({ part }) })
      const parts = instances > 1 ? await partsOf(instances) : []
      const each = parts.map((part) => ({ part, args: argsOf(part) }))
      const started = beginning(asked, { id, engine, args: argsOf(), parts: each, metadata, faults })
      const guards = guardsOf(ready)
      const inputs = {
        folder,
        map: plan.suite.map,
        listening: options,
        onChanges: guards.changes,
        say,
        show,
        baselines: options.baselines ?? 'baselines',
      }
      return recordRun(started, { ...inputs, stopped }, async (listeners) => {
        const about = { plan: asked, parts, listeners, guards, folder, started, stopped, browser }
        return { started, ended: await runEngine(options, argsOf, about) }
      })
    }),
  )
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

import { createJar } from './http/jar.ts'
import { exceedsWork, push, type Context, type Core } from './core.ts'
import { untilDone } from './eventLoop.ts'
import { startingTags } from './k6/execution.ts'
import { seededRandom } from './k6/random.ts'
import { chooseScenario, completeOptions, deepFreeze } from './options.ts'
import { Interrupt } from './realm.ts'
import { createRecording } from './recording.ts'
import { standInModule } from './standIn.ts'
import { swap } from './stage.ts'
import type { Perform, Recording, Respond, Scenario } from './types.ts'

/** How a function is called. */
export interface RunOptions {
  /** What k6 calls it as; `iteration` unless told. */
  as?: Exclude<Context, 'init'>
  /** Plays the target; every request gets a quick, empty `200 OK` unless told. */
  respond?: Respond
  /** Plays the pages of a browser; they do nothing, and all is found, unless told. */
  perform?: Perform
  /** What `__ENV` holds; the double's own unless told. */
  env?: Record<string, string>
  /** 1 unless told. */
  iterations?: number
  /** What `exec.scenario.iterationInTest` is in the first of them; 0 unless told. */
  iterationInTest?: number
  /** The first of the options' scenarios, else `default` with `shared-iterations`, unless told. */
  scenario?: Partial<Scenario>
  /** The script's `options`; `exec.test.options` shows them completed. */
  options?: object
  /** What `setup` returned; the function gets a copy made through JSON, as in k6. */
  data?: unknown
  /** The VU's id; 1 unless told. */
  vu?: number
  /** Tags of the whole run (`--tag`); the options' unless told. */
  tags?: Record<string, string>
  /** Makes `Math.random` repeatable. */
  seed?: number
  /** Milliseconds since the epoch at which it starts; now unless told. */
  now?: number
  /** Answers give something for whatever is read of them, and so does `data`: a walk goes on where a target's words are needed. */
  fill?: boolean
  /** k6 only logs what an iteration throws; `throw` (the default) rejects with the first such error instead. */
  onError?: 'throw' | 'record'
}

/** Calls a function as k6 would, and gives what it did; what init declared stays declared. */
export async function run(
  core: Core,
  env: Record<string, string>,
  entry: (data?: never) => unknown,
  options: RunOptions = {},
  globals: Record<string, unknown> = {},
): Promise<Recording> {
  if (core.context !== 'init') throw new Error('the double of k6 is already running a function')
  const { as = 'iteration', iterations = 1 } = options
  const script = (options.options ?? {}) as Record<string, unknown>
  const scenario = as === 'iteration' ? chooseScenario(script, options.scenario) : undefined
  const { vu } = core
  const before = { respond: core.respond, expected: vu.expected }
  const seen = createRecording(core.seen)
  core.seen = seen
  core.clock.set(options.now ?? Date.now())
  core.started = core.clock.now()
  core.timers.clear()
  core.iterationsCompleted = 0
  core.firstIteration = options.iterationInTest ?? 0
  core.respond = options.respond ?? core.respond
  core.perform = options.perform
  core.work = 0
  core.filling = options.fill === true ? standInModule() : undefined
  const json = JSON.stringify(completeOptions(script, scenario, iterations))
  core.options = deepFreeze(core.realm.JSON.parse(json) as Record<string, unknown>)
  core.scenario = scenario && { startTime: core.clock.now(), progress: 0, ...scenario }
  core.context = as
  vu.id = as === 'iteration' ? (options.vu ?? 1) : 0
  vu.iteration = 0
  vu.tags.reset(startingTags(core, options.tags ?? (script.tags as Record<string, string> | undefined) ?? {}))
  vu.metadata.reset({})
  const variables = Object.assign(new core.realm.Object(), options.env ?? env, scenario?.env)
  const restore = swap(core.realm, {
    ...globals,
    __ENV: variables,
    __VU: vu.id,
    ...(as === 'iteration' && { __ITER: 0 }),
  })
  const { random } = core.realm.Math
  if (options.seed !== undefined) core.realm.Math.random = seededRandom(options.seed)
  try {
    // What stands in for a part of it would not survive JSON.
    const data = options.fill === true ? options.data : toData(core, options.data, as)
    for (
      let iteration = 0;
      iteration < iterations && seen.aborted === undefined && !exceedsWork(core);
      iteration++
    ) {
      vu.iteration = iteration
      if (core.scenario) core.scenario.progress = scenario?.progress ?? iteration / iterations
      await once(core, () => entry(data as never))
    }
  } finally {
    core.realm.Math.random = random
    restore()
    core.context = 'init'
    core.options = {}
    core.scenario = undefined
    core.respond = before.respond
    core.perform = undefined
    core.filling = undefined
    vu.expected = before.expected
    vu.id = 0
  }
  if (seen.errors.length > 0 && options.onError !== 'record') throw seen.errors[0]
  return seen
}

async function once(core: Core, call: () => unknown): Promise<void> {
  const { vu, seen } = core
  if (core.options.noCookiesReset !== true || vu.iteration === 0) vu.jar = createJar(core.clock)
  if (core.context === 'iteration') Object.assign(core.realm, { __ITER: vu.iteration })
  const start = core.clock.now()
  core.work = 0
  try {
    seen.returned.push(await untilDone(core, call))
  } catch (error) {
    core.timers.clear()
    if (!(error instanceof Interrupt)) seen.errors.push(error)
  }
  if (core.context !== 'iteration') return
  core.iterationsCompleted++
  const tags = vu.tags.all()
  push(core, core.registry.builtin('iteration_duration'), core.clock.now() - start, tags)
  push(core, core.registry.builtin('iterations'), 1, tags)
}

/** The data of `setup` as k6 passes it on: through Go's JSON, where `undefined` becomes null. */
function toData(core: Core, data: unknown, as: Context): unknown {
  if (data === undefined || as === 'setup') return undefined
  const json = JSON.stringify(data, (_, value: unknown) => {
    const unfit = typeof value === 'function' || (typeof value === 'number' && !Number.isFinite(value))
    if (unfit)
      throw new core.GoError(`error marshaling setup() data to JSON: unsupported value ${String(value)}`)
    return value ?? null
  })
  return core.realm.JSON.parse(json) as unknown
}

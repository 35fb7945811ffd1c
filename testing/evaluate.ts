import { transform } from 'esbuild'
import { atSources } from './atSources.ts'
import { createK6, type K6Double, type K6Options } from './double.ts'
import { ownError } from './foreignError.ts'
import { watchRejections } from './rejections.ts'
import type { RunOptions } from './run.ts'
import { furnish } from './sandbox.ts'
import type { Recording } from './types.ts'
import { createWorld } from './world.ts'

/** How a bundle is evaluated. */
export interface EvaluateOptions extends Omit<K6Options, 'realm'> {
  /** What `__ENV` holds. */
  env: Record<string, string>
  /** Named in stack traces; `bundle.js` unless told. */
  filename?: string
  /**
   * Milliseconds of CPU that the top level, or the synchronous start of a function, may take; 10 000 unless told, for
   * which k6's own engine needs minutes. What waits, asks or sleeps without end is stopped by the count of what it does.
   */
  timeout?: number
  /** The code's source map: the stacks of its errors then name the sources. */
  map?: string
}

/** A bundle that was evaluated: what it exports, what init recorded, and its functions to be called. */
export interface Evaluated {
  readonly exports: Record<string, unknown>
  /** What init declared and did; each call of a function gives a recording of its own. */
  readonly seen: Recording
  readonly double: K6Double
  /** Calls `setup`, if there is one; what it returned is in `returned[0]`. */
  setup(options?: RunOptions): Promise<Recording>
  /** Runs the default export, or another `exec`, as iterations of a scenario. */
  iterate(options?: RunOptions & { exec?: string }): Promise<Recording>
  /** Calls `handleSummary(data)`, if there is one; what it returned is in `returned[0]`. */
  handleSummary(data: unknown, options?: RunOptions): Promise<Recording>
  /** An error of its functions, with a stack that names the sources, where the map was given. */
  located(error: Error): Promise<Error>
}

/**
 * Evaluates the text of an ES module in a world that has only what k6 has, against a double of its own.
 * Rejects with an `Error` that has the script's message and stack. Top-level `await` is refused.
 *
 * @example
 * const { exports, seen } = await evaluate(bundle, { env: { PROFILE: 'load' } })
 * console.log(exports.options, seen.metrics)
 */
export async function evaluate(code: string, options: EvaluateOptions): Promise<Evaluated> {
  const { filename = 'bundle.js', timeout = 10_000, map } = options
  const how = { format: 'cjs', target: 'esnext', sourcefile: filename } as const
  const { code: commonJs } = await transform(code, how)
  const world = createWorld(timeout)
  const outside = { running: 0 }
  let watch = watchRejections(world.realm)
  const double = createK6({ ...options, realm: world.realm }, { outside, rejected: () => watch.taken() })
  furnish(world.realm, double.globals, outside)
  const located = async (error: Error): Promise<Error> =>
    map === undefined ? error : atSources(error, code, map, how)
  let exported: Record<string, unknown>
  try {
    exported = world.load(commonJs, filename)
  } catch (error) {
    throw await located(error as Error)
  } finally {
    await watch.close()
  }
  const [rejected] = watch.taken()
  if (rejected !== undefined) throw await located(ownError(rejected))
  const script = exported.options as object | undefined
  const call = async (name: string, how: RunOptions): Promise<Recording> => {
    const fn = exported[name]
    const optional = how.as !== undefined
    if (typeof fn !== 'function' && !optional) throw new Error(`function '${name}' not found in exports`)
    const entry = (data: unknown) =>
      typeof fn === 'function' ? world.bounded(() => (fn as (data: unknown) => unknown)(data)) : undefined
    watch = watchRejections(world.realm)
    try {
      const seen = await double.run(entry, { ...(script && { options: script }), ...how })
      seen.errors = seen.errors.map(ownError)
      return seen
    } catch (error) {
      throw ownError(error)
    } finally {
      await watch.close()
    }
  }
  return {
    exports: exported,
    seen: double.seen,
    double,
    setup: (how) => call('setup', { ...how, as: 'setup' }),
    iterate: ({ exec = 'default', ...how } = {}) => call(exec, how),
    handleSummary: (data, how) => call('handleSummary', { ...how, as: 'handleSummary', data }),
    located,
  }
}

import { ABSENT_MODULES, absentModule } from './absent.ts'
import { createCore, type Core } from './core.ts'
import { httpModule } from './http/client.ts'
import { matchDefault } from './http/expected.ts'
import { browserModule } from './k6/browser.ts'
import { cryptoModule } from './k6/crypto.ts'
import { dataModule } from './k6/data.ts'
import { encodingModule } from './k6/encoding.ts'
import { parseHtml } from './k6/html.ts'
import { executionModule } from './k6/execution.ts'
import { grpcModule } from './k6/grpc.ts'
import { k6Module } from './k6/k6.ts'
import { metricsModule } from './k6/metrics.ts'
import { seededRandom } from './k6/random.ts'
import { secretsModule } from './k6/secrets.ts'
import { websocketsModule } from './k6/websockets.ts'
import type { Realm } from './realm.ts'
import { createRecording } from './recording.ts'
import { createRegistry } from './registry.ts'
import { run, type RunOptions } from './run.ts'
import { requireFrom } from './require.ts'
import { stage } from './stage.ts'
import { asText } from './text.ts'
import type { Recording, Respond } from './types.ts'

/** What a new double starts with. */
export interface K6Options {
  /** What `__ENV` holds. */
  env?: Record<string, string>
  /** Plays the target; every request gets a quick, empty `200 OK` unless told. */
  respond?: Respond
  /** Every check holds, whatever its predicate would say: walks a journey to its end without a real target. */
  checksHold?: boolean
  /** Makes `Math.random` repeatable. */
  seed?: number
  /** What `k6/secrets` holds. */
  secrets?: Record<string, string>
  /** Milliseconds since the epoch at which its clock starts; now unless told. */
  now?: number
  /** Reads a file for `open()`; without it, `open()` throws. */
  open?: (path: string, mode: 'text' | 'binary') => string | ArrayBuffer
  /** The folder of the suite, from which `loadwright/grpc` reads definitions. */
  beside?: string
  /**
   * Modules that the double has not do nothing when they are used, in place of throwing. A function is told the first
   * argument of each call of what they export.
   */
  inert?: boolean | ((first: unknown) => void)
  /** Whose built-ins the script sees; this process's own unless told. */
  realm?: Realm
}

/** An in-memory stand-in for k6. */
export interface K6Double {
  /** k6's modules by import name, each with its named exports and `default`. */
  readonly modules: Record<string, Record<string, unknown>>
  /** The globals of a script at init: `__ENV`, `__VU`, `open`, a recording `console`, `Date` and timers on its clock. */
  readonly globals: Record<string, unknown>
  /** What was recorded since the last run began; at first, what init did. */
  readonly seen: Recording
  /** Milliseconds since the epoch, on its clock. */
  now(): number
  /** Calls a function as k6 would; rejects with the first error it threw. */
  run(entry: (data?: never) => unknown, options?: RunOptions): Promise<Recording>
  /** Forgets metrics, shared arrays and everything recorded, as if k6 had just started. */
  forget(): void
}

const named = (exports: object): Record<string, unknown> => ({ ...exports, default: exports })

/**
 * A double of k6 in the init context; nothing outside it changes until it runs something. `beyond` is what whoever runs
 * it in a world of its own knows of the world.
 */
export function createK6(options: K6Options = {}, beyond: Pick<Core, 'rejected' | 'outside'> = {}): K6Double {
  const { env = {}, respond = () => undefined, realm = globalThis } = options
  const core: Core = { ...createCore(realm, respond, options.now ?? Date.now()), ...beyond }
  core.checksHold = options.checksHold ?? false
  const modules: K6Double['modules'] = {
    k6: named(k6Module(core)),
    'k6/http': named(httpModule(core)),
    'k6/metrics': named(metricsModule(core)),
    'k6/execution': executionExports(executionModule(core)),
    'k6/data': named(dataModule(core)),
    'k6/crypto': named(cryptoModule(core)),
    'k6/encoding': named(encodingModule(core)),
    'k6/html': named({ parseHTML: (text: unknown) => parseHtml(core, asText(text)) }),
    'k6/secrets': { default: secretsModule(core, options.secrets) },
    'k6/timers': named(timersModule(core)),
    'k6/net/grpc': named(grpcModule(core, options.open)),
    'k6/websockets': named(websocketsModule(core)),
  }
  for (const name of ABSENT_MODULES) modules[name] = absentModule(name, options.inert)
  // Who wants to hear of each call hears of these too.
  if (typeof options.inert === 'function')
    for (const name of ['k6/net/grpc', 'k6/websockets']) modules[name] = absentModule(name, options.inert)
  if (!options.inert) modules['k6/browser'] = named(browserModule(core))
  if (options.seed !== undefined) core.realm.Math.random = seededRandom(options.seed)
  const open = (path: unknown, mode?: unknown) => {
    if (core.context !== 'init') throw new core.GoError(initOnly('open'))
    if (options.open === undefined)
      throw new core.GoError(`open(${asText(path)}): the double of k6 was given no files`)
    const content = options.open(asText(path), mode === 'b' ? 'binary' : 'text')
    return typeof content === 'string' ? content : realmBuffer(realm, content)
  }
  const require = (name: unknown): object => {
    if (core.context !== 'init') throw new core.GoError(initOnly('require'))
    return requireFrom(core, modules, asText(name))
  }
  const globals = {
    ...stage(core),
    __ENV: Object.assign(new realm.Object(), env),
    __VU: 0,
    open,
    require,
    ...(options.beside === undefined ? {} : { LOADWRIGHT_BESIDE: `${options.beside}/` }),
  }
  return {
    modules,
    globals,
    get seen() {
      return core.seen
    },
    now: () => core.clock.now(),
    run: (entry, how) => run(core, env, entry, how, stage(core)),
    forget: () => {
      core.arrays.clear()
      core.registry = createRegistry()
      core.seen = createRecording()
      core.vu.expected = matchDefault
    },
  }
}

/** The bytes as an ArrayBuffer of that realm. */
function realmBuffer(realm: Realm, content: ArrayBuffer): ArrayBuffer {
  const bytes = new realm.Uint8Array(content.byteLength)
  bytes.set(new Uint8Array(content))
  return bytes.buffer
}

/** k6's sentence for a function that only init has. */
const initOnly = (name: string): string =>
  `the "${name}" function is only available in the init stage (i.e. the global scope), ` +
  'see https://grafana.com/docs/k6/latest/using-k6/test-lifecycle/ for more information'

// Getters, because what they give depends on the context.
const executionExports = (execution: object) =>
  Object.defineProperties({ default: execution }, Object.getOwnPropertyDescriptors(execution))

const timersModule = ({ timers: { setTimeout, clearTimeout, setInterval, clearInterval } }: Core) => ({
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
})

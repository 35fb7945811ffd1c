import { getHeapStatistics } from 'node:v8'
import { type Context, Script } from 'node:vm'
import { isMainThread, Worker } from 'node:worker_threads'

/**
 * Bytes that a script may add to what there was before it, well below those for which V8 would end this process. k6
 * evaluates a script once for each VU: one that needs a gigabyte is no load test.
 */
const MEMORY = Math.min(1024 ** 3, getHeapStatistics().heap_size_limit / 2)

/** The shared state, where it is not the number of the call that runs: none does, or it is being stopped, and why. */
const [IDLE, TIME] = [0, -1]

/** A script was stopped, since it passed a limit. */
export class LimitPassed extends Error {}

const endless = new Script('for (;;);')

let watchdog: ReturnType<typeof startWatchdog> | undefined

/**
 * Runs a script, and throws when its synchronous work takes more than `time` milliseconds of CPU, which no busy machine
 * shortens, or a gigabyte of memory. In a thread other than the main one, and on Windows, no signal reaches a script:
 * there `time` is the clock's, and memory is not watched.
 */
export function runBounded(script: Script, context: Context, time: number): unknown {
  if (!isMainThread || process.platform === 'win32') return runTimed(script, context, time)
  watchdog ??= startWatchdog()
  return watchdog.run(script, context, time)
}

function runTimed(script: Script, context: Context, timeout: number): unknown {
  try {
    return script.runInContext(context, { timeout })
  } catch (error) {
    throw codeOf(error) === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? tooLong(timeout) : error
  }
}

/** Starts the thread that watches a script's limits. It stops a script by SIGINT, which ends what does not return. */
function startWatchdog() {
  const memory = new SharedArrayBuffer(24)
  const [state, limits] = [new Int32Array(memory, 0, 1), new Float64Array(memory, 8, 2)]
  new Worker(`(${watch.toString()})()`, { eval: true, workerData: memory }).unref()
  const change = (to: number): number => {
    const before = Atomics.exchange(state, 0, to)
    Atomics.notify(state, 0)
    return before
  }
  let calls = 0
  return {
    run(script: Script, context: Context, time: number): unknown {
      // What a script that is watched calls is watched with it.
      if (Atomics.load(state, 0) !== IDLE) return script.runInContext(context)
      limits.set([time, process.memoryUsage.rss() + MEMORY])
      const call = ++calls
      change(call)
      const { value, error } = ended(script, context)
      const why = change(IDLE)
      const isStopped = codeOf(error) === 'ERR_SCRIPT_EXECUTION_INTERRUPTED'
      if (why !== call) {
        // A signal on its way to a script that has just ended must find another one.
        if (!isStopped) ended(endless, context)
        throw why === TIME ? tooLong(time) : tooLarge()
      }
      // The signal was the user's.
      if (isStopped) process.kill(process.pid, 'SIGINT')
      if (error !== undefined) throw error as Error
      return value
    },
  }
}

function ended(script: Script, context: Context): { value?: unknown; error?: unknown } {
  try {
    return { value: script.runInContext(context, { breakOnSigint: true }) }
  } catch (error) {
    return { error: error ?? new Error(`the script threw ${String(error)}`) }
  }
}

/** The watchdog's thread, which has nothing but what is written here. */
function watch(): void {
  const memory = process.getBuiltinModule('node:worker_threads').workerData as SharedArrayBuffer
  const [state, limits] = [new Int32Array(memory, 0, 1), new Float64Array(memory, 8, 2)]
  const often = 20
  for (;;) {
    Atomics.wait(state, 0, 0)
    const call = Atomics.load(state, 0)
    const began = process.cpuUsage()
    while (call > 0 && Atomics.load(state, 0) === call) {
      Atomics.wait(state, 0, call, often)
      const { user, system } = process.cpuUsage(began)
      const isLate = (user + system) / 1000 > (limits[0] ?? 0)
      const isLarge = process.memoryUsage.rss() > (limits[1] ?? 0)
      const why = isLate ? -1 : isLarge ? -2 : call
      if (why === call || Atomics.compareExchange(state, 0, call, why) !== call) continue
      process.kill(process.pid, 'SIGINT')
      Atomics.wait(state, 0, why)
    }
  }
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException | undefined)?.code

const tooLong = (time: number): Error =>
  new LimitPassed(`the script ran for more than ${time} ms without coming back`)

const tooLarge = (): Error =>
  new LimitPassed(`the script took more than ${Math.round(MEMORY / 1024 ** 2)} MiB of memory`)

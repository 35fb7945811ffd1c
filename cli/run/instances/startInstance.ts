import type { ChildProcess } from 'node:child_process'
import { delay } from '../../base/index.ts'
import { startK6, type Ended, type Engine, type RunningHow } from '../../k6/index.ts'
import type { InstancePart } from '../../project/index.ts'
import { freePorts } from './parts.ts'
import { isReady } from './restApi.ts'

/** One of several k6: its part, its arguments with a port for its REST API, and the files that it writes at its end. */
export interface InstanceCommand {
  part: InstancePart
  args: (port: number) => readonly string[]
  files: readonly string[]
}

/** A k6 of several, started paused. */
export interface StartedInstance {
  readonly id: string
  /** Where its REST API listens, and its process: others, after a port that was taken. */
  port: number
  child: ChildProcess
  /** When it was told to begin (ISO 8601, UTC). */
  begun?: string
  /** `setup` was run in it. */
  isSetUp?: boolean
  /** Its end, with the signal that it died of. */
  readonly end: Promise<Ended & { signal: NodeJS.Signals | null }>
}

/** Ports that are tried where somebody else has taken one. */
const MAX_PORTS = 3
/** k6's exit code where its REST API could not start. */
const PORT_TAKEN = 106

/** Starts one of several k6, at another port where its own was taken meanwhile. `onChild` gets each process. */
export function startInstance(
  engine: Engine,
  { part, args, files }: InstanceCommand,
  env: NodeJS.ProcessEnv,
  how: Pick<RunningHow, 'config'> & { onChild: (child: ChildProcess) => void; isStopping: () => boolean },
): StartedInstance {
  const { onChild, isStopping, ...more } = how
  const start = (port: number) => {
    const started = startK6(engine, args(port), env, { ...more, quiet: true, files })
    onChild(started.child)
    return started
  }
  let now = start(part.port)
  const toEnd = async (): Promise<Ended & { signal: NodeJS.Signals | null }> => {
    for (let tries = 1; ; tries++) {
      await now.end
      if (now.ended.code !== PORT_TAKEN || tries >= MAX_PORTS || isStopping())
        return { ...now.ended, signal: now.child.signalCode }
      const [port = one.port] = await freePorts(1)
      now = start(port)
      Object.assign(one, { port, child: now.child })
    }
  }
  const one: StartedInstance = { id: part.id, port: part.port, child: now.child, end: toEnd() }
  return one
}

/** Milliseconds for all to make their VUs, and between two looks. */
const READY_TIMEOUT_MS = 180_000
const READY_INTERVAL_MS = 50

/** Waits until each instance can begin, or until they are stopped; gives those that could not, and why. */
export async function waitUntilReady(
  instances: readonly StartedInstance[],
  isStopping: () => boolean,
): Promise<StartedInstance[]> {
  const until = performance.now() + READY_TIMEOUT_MS
  const waits = instances.map(async (one) => {
    while (!(await isReady(one.port))) {
      if (isStopping()) return []
      if (performance.now() > until) return [one]
      await delay(READY_INTERVAL_MS)
    }
    return []
  })
  return (await Promise.all(waits)).flat()
}

/** How an instance was lost that could not begin in time. */
export const LATE = `was not ready to begin within ${READY_TIMEOUT_MS / 1000} s`

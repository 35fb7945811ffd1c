import type { ChildProcess } from 'node:child_process'
import { sum } from '../../../config/sum.ts'
import { defined } from '../../base/index.ts'
import { GRACE_MS, killK6, stopping, type Ended, type Engine, type Running } from '../../k6/index.ts'
import type { InstanceEnd } from '../../verdict/index.ts'
import { cameToItsEnd, codeOf, lostBy } from './ends.ts'
import { release, wasWhole } from './restApi.ts'
import { endLingering, loadOver, setupCode, setupOnce } from './setupOnce.ts'
import {
  LATE,
  startInstance,
  waitUntilReady,
  type InstanceCommand,
  type StartedInstance,
} from './startInstance.ts'

/** How several k6 are run. */
export interface InstancesHow {
  /** k6's configuration file. */
  config?: string
  onStart: (running: Running) => void
  /** `setup` failed, in k6's words. */
  onSetupFailed: (words: string) => void
  /** All have begun; what it gets ends the run as a crossed threshold does. */
  onRelease: (abort: () => void) => void
  say: (line: string) => void
}

/** How several k6 ended, and each of them. */
export interface InstancesEnded extends Ended {
  instances: readonly InstanceEnd[]
}

/**
 * Runs several k6 to their end: starts them paused, releases them together once each is ready, and stops the others where
 * one ends in any other way than by coming to its own end.
 */
export async function runInstances(
  engine: Engine,
  commands: readonly InstanceCommand[],
  env: NodeJS.ProcessEnv,
  { config, onStart, onSetupFailed, onRelease, say }: InstancesHow,
): Promise<InstancesEnded> {
  const whole: Ended = { code: undefined, interrupted: false }
  const children: ChildProcess[] = []
  let [isStopping, isAborted] = [false, false]
  let first: InstanceEnd | undefined
  const stopper = stopping(children, {
    grace: GRACE_MS,
    onSignal: () => (whole.interrupted = isStopping = true),
    interrupt(child) {
      if (child !== all[0]?.child) child.kill('SIGINT')
      else void lingering()
    },
  })
  const stop = (): void => {
    isStopping = true
    stopper.stop()
  }
  const all = commands.map((command) =>
    startInstance(engine, command, env, {
      ...defined({ config }),
      onChild: (child) => children.push(child),
      isStopping: () => isStopping,
    }),
  )
  onStart({
    get pids() {
      return children.flatMap(({ pid }) => pid ?? [])
    },
    stop(reason) {
      whole.stopped ??= reason
      stop()
    },
    kill: () => children.forEach(killK6),
  })
  /** The end of one is that of all, unless it was its own or they are being stopped. */
  const endAll = (id: string, end: InstanceEnd): void => {
    if (isStopping) return
    first = end
    if (end.lost !== undefined) say(`instance ${id} of ${all.length} ${end.lost}; the others are stopped`)
    stop()
  }
  const [lingerer, ...others] = all
  let ending: Promise<void> | undefined
  /** Ends the first, after the others: it stays for `teardown`. */
  const lingering = async (): Promise<void> => {
    if (lingerer) await (ending ??= endLingering(lingerer, Promise.all(others.map(({ end }) => end))))
  }
  const late = new Map<string, InstanceEnd>()
  const loseLate = (one: StartedInstance, lost: string): void => {
    const end: InstanceEnd = { code: undefined, lost }
    late.set(one.id, end)
    endAll(one.id, end)
  }
  const toEnd = async (one: StartedInstance): Promise<InstanceEnd & Pick<Ended, 'interruptedIterations'>> => {
    const { signal, ...ended } = await one.end
    const { code, interruptedIterations } = ended
    const lost = late.get(one.id)?.lost ?? (isStopping ? undefined : lostBy(ended, signal))
    const end = {
      code,
      ...defined({ lost, started: one.begun, interruptedIterations }),
      ended: new Date().toISOString(),
    }
    if (!cameToItsEnd(ended)) endAll(one.id, end)
    return end
  }
  try {
    const ends = all.map(toEnd)
    for (const one of await waitUntilReady(all, () => isStopping)) loseLate(one, LATE)
    const failed = isStopping ? undefined : await setupOnce(all)
    if (failed !== undefined && !isStopping) {
      onSetupFailed(failed)
      endAll('1', { code: setupCode(failed) })
    }
    if (!isStopping) {
      await Promise.all(
        all.map(async (one) => {
          const refusal = await release(one.port)
          if (refusal === undefined) one.begun = new Date().toISOString()
          else loseLate(one, `could not be told to begin: ${refusal}`)
        }),
      )
    }
    if (!isStopping && lingerer) {
      onRelease(() => {
        isAborted = true
        stop()
      })
      // An end that was not its own is told by its exit code, which comes later: whatever ended it ends all.
      await loadOver(lingerer)
      if (!(await wasWhole(lingerer.port))) stop()
      await lingering()
    }
    const instances = await Promise.all(ends)
    const told = instances.flatMap((one) => one.interruptedIterations ?? [])
    return {
      ...whole,
      code: codeOf(instances, { isAborted, first }),
      ...(told.length > 0 ? { interruptedIterations: sum(told) } : {}),
      instances,
    }
  } finally {
    stopper.release()
  }
}

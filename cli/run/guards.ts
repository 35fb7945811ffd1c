import { guardMemory, type MachineMemory, type Running } from '../k6/index.ts'
import type { Plan } from '../project/index.ts'
import { NO_ENVIRONMENT, type Change } from '../record/index.ts'
import { guardRate } from './rateCap.ts'

/** What ends a run before it does harm: load over the environment's cap, memory that runs out. */
export interface Guards {
  /** Takes what was recorded. */
  changes: (changes: readonly Change[]) => void
  /** Begins to watch a k6. */
  begin(running: Running): void
  /** Ends the watch, and gives the look at which k6 held most memory. */
  end(): MachineMemory | undefined
}

/** The guards of a plan's run. */
export function guardsOf({ environment, settings }: Pick<Plan, 'environment' | 'settings'>): Guards {
  const { ENVIRONMENT: name } = settings
  // A script that loads a target of its own is in no environment.
  const cap = name === NO_ENVIRONMENT ? Infinity : environment.caps.rate
  let running: Running | undefined
  let memory: ReturnType<typeof guardMemory> | undefined
  return {
    changes: guardRate(name, cap, (reason) => running?.stop(reason)),
    begin(started) {
      running = started
      memory = guardMemory(started)
    },
    end: () => memory?.stop(),
  }
}

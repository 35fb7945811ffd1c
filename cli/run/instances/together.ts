import { join } from 'node:path'
import type { K6Threshold } from '../../../config/thresholds/thresholds.ts'
import { LOG_FILE, ofInstance } from '../../base/index.ts'
import type { Engine } from '../../k6/index.ts'
import type { RunRecord, Store } from '../../record/index.ts'
import { followLoad } from './followLoad.ts'
import { gatherLogs, thrownFields } from './gatherLogs.ts'
import { runInstances, type InstancesEnded, type InstancesHow } from './runInstances.ts'
import type { InstanceCommand } from './startInstance.ts'

/** What is followed while several k6 run. */
export interface Together extends Omit<InstancesHow, 'onRelease' | 'onSetupFailed'> {
  folder: string
  started: RunRecord
  /** What all of them have pushed. */
  store: Store
  thresholds: Readonly<Record<string, readonly K6Threshold[]>>
  /** Nobody sees where they are. */
  quiet: boolean
}

/** Runs several k6 as one run: one log, one progress, and thresholds that end the run judged over all of them. */
export async function runTogether(
  engine: Engine,
  commands: readonly InstanceCommand[],
  env: NodeJS.ProcessEnv,
  { folder, started, store, thresholds, quiet, ...how }: Together,
): Promise<InstancesEnded> {
  const parts = commands.map(({ part: { id } }) => ({ id, file: join(folder, ofInstance(LOG_FILE, id)) }))
  const logs = await gatherLogs(parts, join(folder, LOG_FILE))
  const following: { stop: () => void }[] = []
  const onRelease = (abort: () => void): void => {
    const followed = followLoad({ store, started, thresholds, quiet }, (sentence) => {
      how.say(sentence)
      void logs.say('error', sentence)
      abort()
    })
    following.push(followed)
  }
  const onSetupFailed = (words: string): void => void logs.say('error', words, thrownFields(words))
  try {
    return await runInstances(engine, commands, env, { ...how, onSetupFailed, onRelease })
  } finally {
    for (const one of following) one.stop()
    await logs.close()
  }
}

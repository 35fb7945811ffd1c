import { join } from 'node:path'
import { problemOf, PUSHES_FOLDER, type Recorder, type Store } from '../../record/index.ts'
import type { Offer, OpenRecorder } from '../../run/index.ts'
import { openCollection } from './collection.ts'
import { startCollector, type CollectorOptions } from './collector.ts'
import type { Coordinator } from './coordinator.ts'
import type { Intake, IntakeOptions } from './intake.ts'
import { LIMITS } from './limits.ts'
import { openJoining } from './joining.ts'
import { unkept } from './unkept.ts'

/** A collector that listens. */
export interface Opened {
  readonly url: string
  readonly intake: Intake
  readonly store: Store
  readonly coordinator: Coordinator
}

/** That an instance wrote a longer log than is kept of it. */
const cutLog = (instance: string) => {
  const mebibytes = LIMITS.logBytes >> 20
  return problemOf(
    'log-too-long',
    `instance ${instance} wrote more than ${mebibytes} MiB on its console: the rest of its log is on its machine`,
    { instance, mebibytes },
  )
}

/** Opens a collector where a run opens its recorder; `now` gives what was opened. */
export function openerOf(
  { limits, ...listening }: CollectorOptions & Pick<IntakeOptions, 'limits'>,
  offer: Offer,
  onSetupFailed: (words: string) => void,
): {
  open: OpenRecorder
  now: () => Opened
} {
  const { id, sha256, expect } = offer
  let opened: Opened | undefined
  return {
    open: async ({ folder, windowSeconds, elsewhere, onChanges, onPush }): Promise<Recorder> => {
      const about = { folder, windowSeconds, elsewhere, id, sha256, onChanges, onPush, limits }
      const collection = await openCollection(about)
      const { intake, recording } = collection
      const place = join(folder, PUSHES_FOLDER)
      const closing = async (error: unknown): Promise<never> => {
        await collection.close()
        throw error
      }
      const joining = await openJoining({ folder, place }, offer, { sha256, expect, onSetupFailed })
      const collector = await startCollector(intake, { ...listening, joining }).catch(closing)
      opened = { url: collector.url, intake, store: recording.store, coordinator: joining.coordinator }
      return {
        url: collector.url,
        store: recording.store,
        get problems() {
          return [
            ...recording.problems,
            ...intake.problems(),
            ...unkept(intake),
            ...joining.cut().map(cutLog),
          ]
        },
        timeline: (given) => recording.timeline(given),
        async close() {
          await collector.close()
          await collection.close()
        },
      }
    },
    now: () => {
      if (!opened) throw new Error('a collector is open while its run lasts')
      return opened
    },
  }
}

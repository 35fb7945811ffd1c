import { problemOf, type Recorder, type Store } from '../record/index.ts'
import type { OpenRecorder } from '../run/index.ts'
import { openCollection } from './collection.ts'
import { startCollector, type CollectorOptions } from './collector.ts'
import type { Belonging } from './foreign.ts'
import type { Intake } from './intake.ts'

/** A collector that listens. */
export interface Opened {
  readonly url: string
  readonly intake: Intake
  readonly store: Store
}

/** Opens a collector where a run opens its recorder; `now` gives what was opened. */
export function openerOf({ id, sha256, ...listening }: CollectorOptions & Belonging): {
  open: OpenRecorder
  now: () => Opened
} {
  let opened: Opened | undefined
  return {
    open: async ({ folder, windowSeconds, elsewhere, onChanges, onPush }): Promise<Recorder> => {
      const about = { folder, windowSeconds, elsewhere, id, sha256, onChanges, onPush }
      const collection = await openCollection(about)
      const { intake, recording } = collection
      const collector = await startCollector(intake, listening)
      opened = { url: collector.url, intake, store: recording.store }
      return {
        url: collector.url,
        store: recording.store,
        get problems() {
          return [
            ...recording.problems,
            ...intake.problems().map((text) => problemOf('push-refused', text, {})),
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

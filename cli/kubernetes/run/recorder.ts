import { problemOf, type FollowedRun } from '../../record/index.ts'
import type { OpenRecorder } from '../../run/index.ts'
import type { Pushed } from './remoteCollector.ts'

/** Opens, as the recorder of a run, what a collector in a cluster records; `pushed` gives what it refused. */
export const recorderOf =
  (followed: FollowedRun, pushed: () => Pushed | undefined): OpenRecorder =>
  () =>
    Promise.resolve({
      url: '',
      store: followed.store,
      get problems() {
        const refused = pushed()?.problems ?? []
        return [...followed.problems, ...refused.map((text) => problemOf('push-refused', text, {}))]
      },
      timeline: (about) => followed.timeline(about),
      close: () => Promise.resolve(),
    })

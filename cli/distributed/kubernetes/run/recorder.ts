import { followRecorded, type FollowedRun, type Reason } from '../../../record/index.ts'
import type { OpenRecorder } from '../../../run/index.ts'

/** The recorder of a run whose series are recorded in clusters. */
export interface RemoteRecorder {
  readonly open: OpenRecorder
  /** What is followed while the run lasts. */
  now(): FollowedRun
}

/** A recorder of what collectors record; `refused` gives what they did not take. */
export function remoteRecorder(refused: () => readonly Reason[]): RemoteRecorder {
  let followed: FollowedRun | undefined
  return {
    now() {
      if (!followed) throw new Error('a recorder is open while its run lasts')
      return followed
    },
    async open(options) {
      const opened = await followRecorded(options)
      followed = opened
      return {
        url: '',
        store: opened.store,
        get problems() {
          return [...opened.problems, ...refused()]
        },
        timeline: (about) => opened.timeline(about),
        close: () => opened.close(),
      }
    },
  }
}

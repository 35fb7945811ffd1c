import type { K6Threshold } from '../../../config/thresholds/thresholds.ts'
import { totalPeak } from '../../../config/workload/shape.ts'
import { ranScenarios, type RunRecord, type Store } from '../../record/index.ts'
import { judgeWhileRunning } from './abortOnFail.ts'
import { showProgress } from './progress.ts'

/** A load that several k6 make, by what all of them have pushed. */
export interface FollowedLoad {
  readonly store: Store
  readonly started: RunRecord
  readonly thresholds: Readonly<Record<string, readonly K6Threshold[]>>
  /** Nobody sees where it is. */
  readonly quiet?: boolean
}

/** Shows where a load is, and judges what may end it, until it is stopped; `abort` gets k6's own sentence, once. */
export function followLoad(
  { store, started, thresholds, quiet = false }: FollowedLoad,
  abort: (sentence: string) => void,
): { stop: () => void } {
  const planned = totalPeak(Object.values(ranScenarios(started))).seconds
  const shown = quiet ? undefined : showProgress(store, planned)
  const judged = judgeWhileRunning(store, thresholds, started.declared?.own ?? [], abort)
  return {
    stop() {
      shown?.stop()
      judged.stop()
    },
  }
}

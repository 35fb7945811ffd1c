import { total, type Recorder } from '../record/index.ts'
import type { ReportData } from '../report/index.ts'
import { failedRequests, figuresOf } from './figures.ts'
import { aboutOf } from './outcome.ts'
import { ownMetrics } from './ownMetrics.ts'
import { plannedPhases } from './phaseTimes.ts'
import type { RunRecord } from './record.ts'

/** A run that goes on, as far as it is recorded. */
export function soFar(started: RunRecord, recorder: Recorder): ReportData {
  const { store } = recorder
  const about = aboutOf(started)
  const count = (metric: string): number => total(store, metric)
  const [succeeded, failed] = [count('checks_succeeded'), count('checks_failed')]
  return {
    record: {
      ...started,
      reasons: [],
      journeys: figuresOf(store, { ...about, judged: started.judgedPhases }),
      phases: plannedPhases(store, started.declared?.phases ?? {}),
      failedRequests: failedRequests(store),
      metrics: ownMetrics(store, { metrics: {} }, started.declared?.own),
      totals: {
        iterations: count('iterations'),
        dropped: count('dropped_iterations'),
        requests: count('http_reqs'),
        checks: succeeded + failed,
        failedChecks: failed,
      },
    },
    timeline: recorder.timeline(about),
  }
}

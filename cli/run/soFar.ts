import { sum } from '../../config/sum.ts'
import { peak } from '../../config/workload/shape.ts'
import type { ConsoleContent } from '../k6/index.ts'
import {
  CHECKS,
  failedRequests,
  figuresOf,
  ITERATIONS,
  ownMetrics,
  plannedPhases,
  REQUESTS,
  total,
  type Recorder,
  type RunRecord,
  type Timeline,
} from '../record/index.ts'
import type { LiveStatus, ReportData } from '../report/index.ts'
import {
  clustersOf,
  exceptionsOf,
  loadBegan,
  owned,
  runDetails,
  thresholdsSoFar,
  type Locate,
} from '../verdict/index.ts'

/** What was read of a run's log so far, and what tells the places of its bundle. */
export interface LogSoFar extends Pick<ConsoleContent, 'failures' | 'pages' | 'thrown'> {
  locate?: Locate | undefined
}

/** A run that goes on, as far as it is recorded. */
export function soFar(
  started: RunRecord,
  recorder: Pick<Recorder, 'store' | 'timeline'>,
  log: LogSoFar,
  now = Date.now(),
): ReportData {
  const { store } = recorder
  const about = runDetails(started)
  const count = (metric: string): number => total(store, metric)
  const [succeeded, failed] = [count(CHECKS.ok.metric), count(CHECKS.failed.metric)]
  const timeline = recorder.timeline(about)
  const phases = plannedPhases(store, started.declared?.phases ?? {})
  const live = statusOf(started, { began: loadBegan(store, NaN), phases, timeline, now })
  const bad = failedRequests(store)
  return {
    record: {
      ...started,
      reasons: [],
      journeys: figuresOf(store, { ...about, judged: started.judgedPhases }),
      phases,
      thresholds: owned(thresholdsSoFar(store, started.declared ?? {}, live.elapsed ?? 0), started),
      failures: clustersOf(log.failures, log.pages),
      exceptions: exceptionsOf({
        ...log,
        bundle: started.bundle.file,
        failedRequests: sum(bad.map(({ count }) => count)),
      }),
      failedRequests: bad,
      metrics: ownMetrics(store, { metrics: {} }, started.declared?.own),
      totals: {
        iterations: count(ITERATIONS.all.metric),
        dropped: count('dropped_iterations'),
        requests: count(REQUESTS.all.metric),
        checks: succeeded + failed,
        failedChecks: failed,
      },
    },
    timeline,
    live,
  }
}

/** Where a run is: its phase, how long it has run and has to, its rate and p95 in the last complete window. */
function statusOf(
  { declared }: RunRecord,
  {
    began,
    phases,
    timeline,
    now,
  }: { began: number; phases: NonNullable<RunRecord['phases']>; timeline: Timeline; now: number },
): LiveStatus {
  const lasts = Math.max(0, ...Object.values(declared?.scenarios ?? {}).map((shape) => peak(shape).seconds))
  const elapsed = Number.isFinite(began) ? Math.max(0, (now - began) / 1000) : undefined
  const current = phases.filter(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to))
  const { count, p95 } = timeline.requests
  const [rate, time] = [count.at(-1), p95.at(-1)]
  return {
    ...(elapsed === undefined ? {} : { elapsed }),
    ...(elapsed === undefined || lasts === 0 ? {} : { remaining: Math.max(0, lasts - elapsed) }),
    ...(current.length === 0 ? {} : { phase: [...new Set(current.map(({ phase }) => phase))].join(', ') }),
    ...(rate == null ? {} : { rate: rate / timeline.window }),
    ...(time == null ? {} : { p95: time }),
  }
}

import { quantile, type Pushed } from '../prometheus/index.ts'
import {
  CHECKS,
  occurrences,
  distribution,
  JOURNEYS,
  REQUESTS,
  RUN_FIGURES,
  shortCommit,
  type Part,
  type PhaseTimes,
  type RunRecord,
  type Store,
  type Where,
} from '../record/index.ts'
import { judgedSeries } from './judgedSeries.ts'
import { begunBy, phaseSeries } from './phaseSeries.ts'
import { seriesWriter, type SeriesWriter } from './seriesWriter.ts'

/** Journeys that have figures of their own, at most: names with ids in them are an author's mistake. */
const MAX_JOURNEYS = 50
const QUANTILES = [0.5, 0.95, 0.99] as const

/**
 * The series of a run while it lasts, at a time (ms since 1970): what is run, since when, and the phases that have begun
 * of those that are `planned`.
 */
export function duringRun(
  record: RunRecord,
  planned: () => readonly PhaseTimes[] = () => [],
): (at: number) => Pushed[] {
  const { metadata, suite, profile, environment, startedAt } = record
  const info = {
    test_name: `${suite}-${profile}`,
    suite,
    profile,
    environment,
    region: metadata?.region,
    version: metadata?.version,
    git_commit: metadata?.commit && shortCommit(metadata.commit),
    git_branch: metadata?.branch,
    date: startedAt.slice(0, 10),
  }
  return (at) => {
    const write = seriesWriter(record, at)
    return [
      ...write('loadwright_run_info', 1, info),
      ...write('loadwright_run_start_time_seconds', Date.parse(startedAt) / 1000),
      ...phaseSeries(begunBy(planned(), at), write),
    ]
  }
}

/**
 * The series of a run that ended, all at its end; what it is and what it came to have the same time, so that they can be
 * joined. Figures are those of the judged phases; without a store there are none. They get no stale marker: whoever looks
 * within five minutes sees them.
 */
export function endOfRun(record: RunRecord, store?: Store): Pushed[] {
  const { endedAt, verdict, totals } = record
  const end = endedAt === undefined ? Date.now() : Date.parse(endedAt)
  const write = seriesWriter(record, end)
  return unique([
    ...duringRun(record, () => record.phases ?? [])(end),
    ...write('loadwright_run_end_time_seconds', end / 1000),
    ...write('loadwright_run_verdict', 1, { verdict }),
    ...judgedSeries(record, write),
    ...(store ? figures(record, store, write) : []),
    ...write('loadwright_run_requests', totals.requests),
    ...write('loadwright_run_iterations', totals.iterations),
    ...write('loadwright_run_dropped_iterations', totals.dropped),
  ])
}

/** Names that were cut may be the same: a server refuses two values of one series at one time. */
const unique = (pushed: readonly Pushed[]): Pushed[] => [
  ...new Map(pushed.map((one) => [JSON.stringify([one.name, one.labels]), one])).values(),
]

function figures({ journeys, judgedPhases }: RunRecord, store: Store, write: SeriesWriter): Pushed[] {
  const judged: Where = judgedPhases.length > 0 ? { phase: judgedPhases } : {}
  const named = journeys.slice(0, MAX_JOURNEYS).map(({ name }) => ({ journey: name }))
  const count = (part: Part, where: Where): number => occurrences(store, part, { ...judged, ...where })
  const ofEach = [{}, ...named].flatMap((where) => {
    const times = distribution(store, REQUESTS.trend, { ...judged, ...where })
    const [failed, completed] = [count(JOURNEYS.failed, where), count(JOURNEYS.ok, where)]
    return [
      ...QUANTILES.flatMap((q) =>
        write(RUN_FIGURES.requestTime, times && quantile(times, q), {
          ...where,
          quantile: String(q),
        }),
      ),
      ...write(
        RUN_FIGURES.failedRequests,
        ratio(count(REQUESTS.failed, where), count(REQUESTS.all, where)),
        where,
      ),
      ...write(RUN_FIGURES.failedJourneys, ratio(failed, failed + completed), where),
    ]
  })
  const [held, broken] = [count(CHECKS.ok, {}), count(CHECKS.failed, {})]
  return [...ofEach, ...write(RUN_FIGURES.failedChecks, ratio(broken, held + broken))]
}

const ratio = (part: number, all: number): number | undefined => (all > 0 ? part / all : undefined)

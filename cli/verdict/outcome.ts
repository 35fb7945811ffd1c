import { join } from 'node:path'
import { sum } from '../../config/sum.ts'
import { parseThresholdKey } from '../../config/thresholds/thresholdKey.ts'
import { doubtsOf, forensicsOf, loadBegan, type GeneratorWatch, type RunFacts } from './forensics/index.ts'
import {
  checkedIn,
  checksOf,
  countOf,
  grownIn,
  LOG_FILE,
  memoryNotes,
  thresholdsOf,
  type ConsoleContent,
  type Ended,
  type Memory,
} from '../k6/index.ts'
import { isSinglePass, replacedBy, replacesScenarios, SUMMARY_FILE } from '../project/index.ts'
import {
  contacted,
  createStore,
  failedRequests,
  figuresOf,
  ownMetrics,
  phaseTimes,
  series,
  total,
  type RecordedRun,
  type RunRecord,
  type Store,
  type Timeline,
  type TimelineAbout,
} from '../record/index.ts'
import { agreementOf } from './agreement.ts'
import { abortText, exceptionsOf, isUncounted, MAX_EXCEPTIONS, setupText } from './exceptions.ts'
import { downIn } from './down.ts'
import { readLog, readSummary } from './readings.ts'
import { readMap } from './sources.ts'
import { isWhole, mayCut, unfinishedBy, unfinishedIn, unfinishedOf, withEnds } from './unfinished.ts'
import { judge } from './verdict.ts'

/** What a recorder holds of a run. */
export type Held = Pick<RecordedRun, 'store' | 'problems' | 'timeline'>

/** How a run ended, and what was seen of its generator. */
export interface Ending extends Ended {
  watched?: GeneratorWatch
  /** How far the target's clock is ahead of this machine's (milliseconds), if it was asked. */
  skew?: number
  /** When k6 held most memory, where the system tells. */
  memory?: Memory
  /** Nobody was there when k6 ended: only what was recorded by then is known. */
  cutShort?: boolean
  /** When it ended (Unix time, milliseconds); now unless told. */
  at?: number
}

/** What a run came to. */
export interface Outcome {
  record: RunRecord
  /** Absent where nothing was recorded. */
  timeline?: Timeline
  console: ConsoleContent
}

/** What a record says of the run that its recorder does not know. */
export const aboutOf = ({
  journeys,
  declared,
}: RunRecord): Required<Omit<TimelineAbout, 'metrics'>> & TimelineAbout => ({
  journeys: journeys.map(({ name }) => name),
  steps: journeys.flatMap(({ name: journey, steps }) => steps.map(({ name: step }) => ({ journey, step }))),
  ...(declared ? { metrics: declared.metrics } : {}),
})

/** What a run left in its folder and in its recorder (if it had one), put together: verdict, funnel, thresholds, failures. */
export async function outcomeOf(
  started: RunRecord,
  held: Held | undefined,
  { watched, skew, cutShort = false, at: end = Date.now(), ...ended }: Ending,
  folder: string,
): Promise<Outcome> {
  const { console, cut } = await readLog(join(folder, LOG_FILE))
  // What k6 wrote after its command was gone is of another time than what was recorded.
  if (cutShort) console.failures = console.failures.filter(({ at = 0 }) => at <= end)
  const figures = cutShort ? undefined : await readSummary(join(folder, SUMMARY_FILE))
  const summary = figures ?? { metrics: {} }
  const store = held?.store ?? createStore()
  const about = aboutOf(started)
  const timeline = held?.timeline(about)
  const {
    pools = [],
    phases = {},
    scenarios = {},
    slos = [],
    http = false,
    segment: share,
  } = started.declared ?? {}
  const thresholds = thresholdsOf(summary, (key) => wasRecorded(store, key))
  const checks = checksOf(summary)
  const { passes, fails: failedChecks } = checkedIn(summary) ?? {
    passes: total(store, 'checks_succeeded'),
    fails: total(store, 'checks_failed'),
  }
  const checked = passes + failedChecks
  // k6's own count is exact; the recorder's is all there is of a run that was cut short.
  const counted = (metric: string): number => countOf(summary, metric) || total(store, metric)
  const iterations = counted('iterations')
  const dropped = counted('dropped_iterations')
  const tunnel = console.failures.find(({ origin }) => origin === 'tunnel')?.got
  const launched = Date.parse(started.startedAt)
  const replaced = replacesScenarios(started.k6.command)
  const facts: RunFacts = {
    store,
    summary,
    checks,
    thresholds,
    judged: started.judgedPhases,
    pools,
    ...(timeline ? { timeline } : {}),
    ...(share === undefined ? {} : { share }),
    ...(replaced ? { scenarios: {}, phases: {} } : { scenarios, phases }),
    launched,
    start: loadBegan(store, launched),
    end,
  }
  // A record that was written by hand may name no bundle.
  const { bundle } = started as Partial<RunRecord>
  const places = { bundle: bundle?.file ?? '', locate: await readMap(folder) }
  const failed = failedRequests(store)
  const exceptions = exceptionsOf({
    ...places,
    failures: console.failures,
    thrown: console.thrown,
    failedRequests: sum(failed.map(({ count }) => count)),
  })
  const journeys = held ? withEnds(figuresOf(store, { ...about, judged: started.judgedPhases })) : []
  const said = console.said.map(({ text }) => text)
  const aborted = abortText(said, places)
  const unfinished = !isWhole(ended.code, said)
    ? []
    : started.script !== undefined
      ? unfinishedOf(store, replaced ? replacedBy(started.k6.command) : scenarios, {
          iterations,
          dropped,
          share,
          told: ended.interruptedIterations,
        })
      : held
        ? unfinishedIn(journeys)
        : unfinishedBy(summary)
  const agreement = agreementOf(store, summary)
  const { failures, explanations, notes } = forensicsOf(console.failures, facts)
  const requests = counted('http_reqs')
  const doubtful = doubtsOf(facts, watched)
  const judgement = judge({
    k6: ended.code,
    interrupted: ended.interrupted,
    ...(ended.stopped === undefined ? {} : { stopped: ended.stopped }),
    thresholds,
    checks: checked,
    failedChecks,
    iterations,
    dropped,
    replaced,
    script: started.script !== undefined,
    unfinished,
    mayCut: mayCut(facts.scenarios),
    slos,
    down: downIn(store),
    http: http || requests > 0,
    singlePass: started.script === undefined && isSinglePass(started.k6.command),
    ...(ended.failure === undefined ? {} : { failure: ended.failure }),
    tunnelErrors: total(store, 'tunnel_errors'),
    ...(tunnel === undefined ? {} : { tunnel }),
    rows: console.rows,
    targets: console.targets,
    setup: console.setup.map((event) => setupText(event, places)),
    exceptions,
    failedJourneys: isUncounted(console.failures) ? total(store, 'journeys_failed') : undefined,
    ...(aborted === undefined ? {} : { aborted }),
    said,
    unread: figures === undefined,
    disagreements: agreement?.problems ?? [],
    grown: grownIn(summary),
    ...(skew === undefined ? {} : { skew }),
    ...doubtful,
  })
  const metrics = ownMetrics(store, summary, started.declared?.own)
  const hosts = contacted(store, started.hosts)
  const record: RunRecord = {
    ...started,
    ...judgement,
    ...(hosts.length > 0 ? { hosts } : {}),
    state: 'ended',
    endedAt: new Date(end).toISOString(),
    k6: { ...started.k6, ...(ended.code === undefined ? {} : { exitCode: ended.code }) },
    phases: replaced ? [] : phaseTimes(store, phases, end),
    journeys,
    thresholds,
    checks,
    failures,
    explanations,
    ...(exceptions.length > 0 ? { exceptions: exceptions.slice(0, MAX_EXCEPTIONS) } : {}),
    ...(metrics.length > 0 ? { metrics } : {}),
    failedRequests: failed,
    badRows: console.rows,
    totals: {
      iterations,
      dropped,
      checks: checked,
      failedChecks,
      requests,
      ...(unfinished.length > 0
        ? { interrupted: sum(unfinished.map(({ interrupted }) => interrupted)) }
        : {}),
    },
    ...(doubtful.generator ? { generator: doubtful.generator } : {}),
    ...(agreement ? { agreement: { recorded: agreement.recorded, k6: agreement.k6 } } : {}),
    notes: [
      ...(judgement.notes ?? []),
      ...memoryNotes(ended.memory, { bytes: counted('data_received'), requests }),
      ...notes,
      ...(agreement?.notes ?? []),
    ],
    problems: [...(held?.problems ?? []), ...(cut === undefined ? [] : [cut])],
  }
  return { record, console, ...(timeline ? { timeline } : {}) }
}

/** Whether the metric of a threshold was ever pushed; undefined where nothing was. */
function wasRecorded(store: Store, key: string): boolean | undefined {
  const { metric, tags } = parseThresholdKey(key) ?? { metric: key, tags: {} }
  return store.series().length === 0 ? undefined : series(store, metric, tags).length > 0
}

import { sum } from '../../config/sum.ts'
import { doubtsOf, forensicsOf, loadBegan, type RunFacts } from './forensics/index.ts'
import { grownIn, type ConsoleContent } from '../k6/index.ts'
import { isSinglePass, replacedBy, replacesScenarios } from '../project/index.ts'
import {
  contacted,
  figuresOf,
  JOURNEYS,
  othersOf,
  ownMetrics,
  phaseTimes,
  signalFigures,
  SIGNALS,
  total,
  type JourneyFigures,
  type RunFolder,
  type RunRecord,
  type Timeline,
} from '../record/index.ts'
import { aboutOf } from './about.ts'
import { agreementOf } from './agreement.ts'
import { abortText, isUncounted, MAX_EXCEPTIONS, setupText } from './exceptions.ts'
import { downIn } from './down.ts'
import type { Facts } from './facts.ts'
import { manyNames } from './forensics/manyNames.ts'
import { leftBy, type Ending, type Held, type Left } from './left.ts'
import { cutLog, failedOutputs } from './readings.ts'
import {
  isWhole,
  mayCut,
  unfinishedBy,
  unfinishedIn,
  unfinishedOf,
  withEnds,
  type Unfinished,
} from './unfinished.ts'
import { judge } from './verdict.ts'

/** What a run came to. */
export interface Outcome {
  record: RunRecord
  /** Absent where nothing was recorded. */
  timeline?: Timeline
  console: ConsoleContent
}

/** What a run left in its folder and in its recorder (if it had one), put together: verdict, funnel, thresholds, failures. */
export async function outcomeOf(
  started: RunRecord,
  held: Held | undefined,
  ending: Ending,
  folder: RunFolder,
): Promise<Outcome> {
  const left = await leftBy(started, held, ending, folder)
  const { console, store, timeline, summary, counts, thresholds, end } = left
  const about = { ...aboutOf(started), judged: started.judgedPhases }
  const journeys = held ? withEnds(figuresOf(store, about)) : []
  const run = runFacts(started, left)
  const { failures, explanations, causes } = forensicsOf(console.failures, run)
  const doubtful = doubtsOf(run, ending.watched)
  const { agreement, ...differences } = agreementOf(store, summary) ?? {}
  const unfinished = unfinishedFacts(started, left, ending, held ? journeys : undefined)
  const { notes, ...judgement } = judge({
    ...ofStart(started, left),
    ...ofEnd(ending, left),
    ...doubtful,
    ...differences,
    unfinished,
    mayCut: mayCut(run.scenarios),
    causes: { all: causes, kept: failures.length },
    manyNames: manyNames(store),
  })
  const metrics = ownMetrics(store, summary, started.declared?.own)
  const others = signalFigures(store, othersOf(SIGNALS))
  const hosts = contacted(store, started.hosts)
  const { received: _, ...totals } = counts
  const interrupted = sum(unfinished.map((one) => one.interrupted))
  const record: RunRecord = {
    ...started,
    ...judgement,
    ...(hosts.length > 0 ? { hosts } : {}),
    state: 'ended',
    endedAt: new Date(end).toISOString(),
    k6: { ...started.k6, ...(ending.code === undefined ? {} : { exitCode: ending.code }) },
    phases: phaseTimes(store, run.phases, end),
    journeys,
    thresholds,
    checks: left.checks,
    failures,
    explanations,
    ...(left.exceptions.length > 0 ? { exceptions: left.exceptions.slice(0, MAX_EXCEPTIONS) } : {}),
    ...(metrics.length > 0 ? { metrics } : {}),
    failedRequests: left.failedRequests,
    ...(others.length > 0 ? { signals: others } : {}),
    badRows: console.rows,
    totals: { ...totals, ...(interrupted > 0 ? { interrupted } : {}) },
    ...(doubtful.generator ? { generator: doubtful.generator } : {}),
    ...(agreement ? { agreement } : {}),
    notes,
    problems: [...(held?.problems ?? []), ...cutLog(left.cut), ...failedOutputs(console)],
  }
  return { record, console, ...(timeline ? { timeline } : {}) }
}

/** What failures and doubts are held against. */
function runFacts(
  { startedAt, judgedPhases, declared, k6 }: RunRecord,
  { store, timeline, summary, checks, thresholds, end }: Left,
): RunFacts {
  const { pools = [], phases = {}, scenarios = {}, segment: share } = declared ?? {}
  const launched = Date.parse(startedAt)
  return {
    store,
    summary,
    checks,
    thresholds,
    judged: judgedPhases,
    pools,
    ...(timeline ? { timeline } : {}),
    ...(share === undefined ? {} : { share }),
    ...(replacesScenarios(k6.command) ? { scenarios: {}, phases: {} } : { scenarios, phases }),
    launched,
    start: loadBegan(store, launched),
    end,
  }
}

/** What had not ended when k6 stopped it, by what is best known of it. */
function unfinishedFacts(
  { script, declared, k6 }: RunRecord,
  { console, counts: { iterations, dropped }, store, summary }: Left,
  { code, interruptedIterations: told }: Ending,
  journeys: readonly JourneyFigures[] | undefined,
): Unfinished[] {
  const { scenarios = {}, segment: share } = declared ?? {}
  if (
    !isWhole(
      code,
      console.said.map(({ text }) => text),
    )
  )
    return []
  if (script === undefined) return journeys ? unfinishedIn(journeys) : unfinishedBy(summary)
  const own = replacesScenarios(k6.command) ? replacedBy(k6.command) : scenarios
  return unfinishedOf(store, own, { iterations, dropped, share, told })
}

type OfStart = 'script' | 'replaced' | 'singlePass' | 'slos' | 'http' | 'aborted' | 'setup'

/** Facts of what was started, and of what its script and its target said. */
function ofStart(
  { script, declared, k6 }: RunRecord,
  { console, places, counts }: Left,
): Pick<Facts, OfStart | 'said' | 'rows' | 'targets' | 'tunnel'> {
  const said = console.said.map(({ text }) => text)
  const aborted = abortText(said, places)
  const tunnel = console.failures.find(({ origin }) => origin === 'tunnel')?.got
  const { slos = [], http = false } = declared ?? {}
  return {
    script: script !== undefined,
    replaced: replacesScenarios(k6.command),
    singlePass: script === undefined && isSinglePass(k6.command),
    slos,
    http: http || counts.requests > 0,
    rows: console.rows,
    targets: console.targets,
    setup: console.setup.map((event) => setupText(event, places)),
    said,
    ...(aborted === undefined ? {} : { aborted }),
    ...(tunnel === undefined ? {} : { tunnel }),
  }
}

/** Facts of how k6 ended, and of what was counted by then. */
function ofEnd(
  { code, interrupted, stopped, failure, skew, memory }: Ending,
  { console, store, summary, thresholds, counts, exceptions, unread }: Left,
): Omit<Facts, OfStart | 'said' | 'rows' | 'targets' | 'tunnel'> {
  const { iterations, dropped, checks, failedChecks, requests, received } = counts
  return {
    k6: code,
    interrupted,
    ...(stopped === undefined ? {} : { stopped }),
    ...(failure === undefined ? {} : { failure }),
    ...(skew === undefined ? {} : { skew }),
    ...(memory === undefined ? {} : { memory }),
    thresholds,
    iterations,
    dropped,
    checks,
    failedChecks,
    received: { bytes: received, requests },
    grown: grownIn(summary),
    down: downIn(store),
    tunnelErrors: total(store, 'tunnel_errors'),
    exceptions,
    failedJourneys: isUncounted(console.failures) ? total(store, JOURNEYS.failed.metric) : undefined,
    unread,
  }
}

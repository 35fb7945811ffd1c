import { sum } from '../../config/sum.ts'
import type { Doubtful } from './forensics/doubtful.ts'
import { doubtsOf, forensicsOf, loadBegan, type RunFacts } from './forensics/index.ts'
import type { ConsoleContent } from '../k6/index.ts'
import { defined, ofInstance, SUMMARY_FILE } from '../base/index.ts'
import {
  contacted,
  figuresOf,
  fullOf,
  namedFigures,
  othersOf,
  ownMetrics,
  phaseTimes,
  ranScenarios,
  signalFigures,
  SIGNALS,
  sumOf,
  type Counts,
  type Instance,
  type JourneyFigures,
  type RunFolder,
  type RunRecord,
  type Timeline,
} from '../record/index.ts'
import { adequacyOfRun } from './adequacyOfRun.ts'
import { runDetails } from './runDetails.ts'
import { agreementOf } from './agreement.ts'
import { MAX_EXCEPTIONS } from './exceptions.ts'
import { ofEnd, ofStart } from './factsOf.ts'
import type { Facts } from './facts.ts'
import { crossedInRegions } from './instances/crossedInRegions.ts'
import { ofInstances, unlikeIn } from './instances/ofInstances.ts'
import { manyNames } from './forensics/manyNames.ts'
import { leftBy, type Ending, type Held, type RunRemains } from './runRemains.ts'
import { cutLog, failedOutputs, unsentPushes } from './readings.ts'
import {
  endedByItself,
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
  const { console, store, timeline, summary, thresholds, end } = left
  const about = { ...runDetails(started), judged: started.judgedPhases }
  const journeys = held ? withEnds(figuresOf(store, about)) : []
  const run = runFacts(started, left)
  const { failures, explanations, causes } = forensicsOf(console.failures, run)
  const each = ending.watches?.map((watch) => doubtsOf(run, watch))
  const doubtful = each ? fullest(each) : doubtsOf(run, ending.watched)
  const { agreement, ...differences } = agreementOf(store, summary) ?? {}
  const unfinished = unfinishedFacts(started, left, ending, held ? journeys : undefined)
  const instances = instancesOf(started, left, ending, { unfinished, ...doubtful }, each)
  const totals = { ...sumOf(instances), ...interruptedIn(unfinished) }
  const { notes, ...judgement } = judge({
    ...ofStart(started, left, totals),
    ...ofEnd(ending, left, totals),
    ...ofInstances(instances, ending),
    unlike: started.mode === 'collect' ? unlikeIn(started, store, totals) : undefined,
    near: left.near,
    withoutFigures: withoutFigures(instances, left),
    full: fullOf(held?.problems ?? []),
    inRegions: crossedInRegions(store, started.declared ?? {}, thresholds),
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
  const phases = phaseTimes(store, run.phases, end)
  const adequacy = adequacyOfRun(started, store, timeline, phases)
  const record: RunRecord = {
    ...started,
    ...judgement,
    ...(hosts.length > 0 ? { hosts } : {}),
    state: 'ended',
    endedAt: new Date(end).toISOString(),
    instances,
    phases,
    journeys,
    thresholds,
    checks: left.checks,
    failures,
    explanations,
    ...(left.exceptions.length > 0 ? { exceptions: left.exceptions.slice(0, MAX_EXCEPTIONS) } : {}),
    ...defined({ adequacy }),
    ...(metrics.length > 0 ? { metrics } : {}),
    failedRequests: left.failedRequests,
    ...(others.length > 0 ? { signals: others } : {}),
    ...namedFigures(store, started.judgedPhases),
    badRows: console.rows,
    totals,
    ...(agreement ? { agreement } : {}),
    notes,
    problems: [
      ...(held?.problems ?? []),
      ...cutLog(left.cut),
      ...failedOutputs(console),
      ...(started.mode === 'collect' ? unsentPushes(console) : []),
    ],
  }
  return { record, console, ...(timeline ? { timeline } : {}) }
}

/** The processes of k6 that made a run here, as they ended. */
function instancesOf(
  { instances, mode }: RunRecord,
  { counts, figures }: RunRemains,
  { code, instances: ends = [{ code }] }: Ending,
  { unfinished, generator }: Pick<Facts, 'unfinished' | 'generator'>,
  each: readonly Pick<Facts, 'generator'>[] | undefined,
): Instance[] {
  // Nobody came to a collector. A record that was written by hand may have none, too.
  if (mode === 'collect' && instances.length === 0) return []
  const [first = { k6: { version: '', path: '', command: [] } }, ...others] = instances
  return [first, ...others].map((one, index) => {
    const { code: exit, ...end } = ends[index] ?? { code: undefined }
    return {
      ...one,
      ...defined({ exit, generator: each ? each[index]?.generator : generator }),
      ...end,
      ...(figures[index] === false ? {} : { summary: ofInstance(SUMMARY_FILE, one.id) }),
      counts: {
        ...(counts[index] ?? sumOf([])),
        ...(others.length === 0 ? interruptedIn(unfinished) : {}),
      },
    }
  })
}

/** Those that left no figures of their own, where others did and the record's count instead. */
function withoutFigures(instances: readonly Instance[], { ofRecord }: RunRemains): string[] {
  const without = instances.filter(({ summary }) => summary === undefined)
  return ofRecord && without.length < instances.length ? without.flatMap(({ id }) => id ?? []) : []
}

/** Of several machines, what was seen of the one that had least CPU left. */
function fullest(each: readonly Doubtful[]): Doubtful {
  const share = ({ generator }: Doubtful): number =>
    generator ? (generator.saturated + generator.full) / Math.max(1, generator.looked) : -1
  return each.toSorted((a, b) => share(b) - share(a))[0] ?? {}
}

/** Iterations that k6 interrupted, where it did; which of several k6 did is not known. */
function interruptedIn(unfinished: readonly Unfinished[] = []): Pick<Counts, 'interrupted'> {
  const interrupted = sum(unfinished.map((one) => one.interrupted))
  return interrupted > 0 ? { interrupted } : {}
}

/** What failures and doubts are held against. */
function runFacts(
  { startedAt, judgedPhases, declared, load }: RunRecord,
  { console, store, timeline, summary, checks, thresholds, end }: RunRemains,
): RunFacts {
  const { pools = [], phases = {}, scenarios = {} } = declared ?? {}
  const launched = Date.parse(startedAt)
  return {
    store,
    summary,
    checks,
    pages: console.pages,
    thresholds,
    judged: judgedPhases,
    pools,
    ...(timeline ? { timeline } : {}),
    ...(load.segment ? { share: load.segment.share } : {}),
    ...(load.replaced ? { scenarios: {}, phases: {} } : { scenarios, phases }),
    launched,
    start: loadBegan(store, launched),
    end,
  }
}

/** What had not ended when k6 stopped it, by what is best known of it. */
function unfinishedFacts(
  { script, declared, load }: RunRecord,
  { console, counts, store, summary }: RunRemains,
  { code, interruptedIterations: told }: Ending,
  journeys: readonly JourneyFigures[] | undefined,
): Unfinished[] {
  if (
    !endedByItself(
      code,
      console.said.map(({ text }) => text),
    )
  )
    return []
  if (script === undefined) return journeys ? unfinishedIn(journeys) : unfinishedBy(summary)
  const { iterations, dropped } = sumOf(counts.map((counts) => ({ counts })))
  const own = ranScenarios({ load, declared })
  return unfinishedOf(store, own, { iterations, dropped, share: load.segment?.share, told })
}

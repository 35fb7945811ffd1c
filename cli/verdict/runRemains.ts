import { sum } from '../../config/sum.ts'
import {
  checkedIn,
  checksOf,
  countOf,
  type CheckResult,
  type ConsoleContent,
  type Ended,
  type MachineMemory,
  type SummaryExport,
  type ThresholdResult,
} from '../k6/index.ts'
import {
  CHECKS,
  ITERATIONS,
  REQUESTS,
  createStore,
  series,
  failedRequests,
  total,
  type Counts,
  type ExceptionCluster,
  type Instance,
  type RecordedRun,
  type RunRecord,
  type Store,
  type RunFolder,
} from '../record/index.ts'
import { runDetails } from './runDetails.ts'
import { exceptionsOf } from './exceptions.ts'
import type { RunFacts } from './forensics/index.ts'
import type { GeneratorWatch } from './forensics/generator.ts'
import { owned } from './owned.ts'
import { figuresLeft, NONE } from './instances/figuresLeft.ts'
import type { NearLimit } from './instances/mergedThresholds.ts'
import { readLog } from './readings.ts'
import { readMap, type Locate } from './sources.ts'

/** What a recorder holds of a run. */
export type Held = Pick<RecordedRun, 'store' | 'problems' | 'timeline'>

/** How one of several k6 ended. */
export interface InstanceEnd extends Pick<
  Instance,
  'started' | 'ended' | 'lost' | 'unsound' | 'unheard' | 'aheadMs'
> {
  /** Its exit code; undefined where a signal ended it, or nobody told it. */
  code: number | undefined
}

/** How a run ended, and what was seen of its generator. */
export interface Ending extends Ended {
  /** Each k6, in the order of the record's, where there were several. */
  instances?: readonly InstanceEnd[]
  watched?: GeneratorWatch
  /** The same of the machine of each k6, in the order of the record's, where each ran on its own. */
  watches?: readonly (GeneratorWatch | undefined)[]
  /** Why it should have been ended, where k6 that others started went on. */
  goesOn?: string
  /** How many instances came, where nobody had said how many there should be. */
  uncounted?: number
  /** One was lost, and the others were not stopped for it. */
  othersWentOn?: boolean
  /** When k6 held most memory, where the system tells. */
  memory?: MachineMemory
  /** Nobody was there when k6 ended: only what was recorded by then is known. */
  cutShort?: boolean
  /** When it ended (Unix time, milliseconds); now unless told. */
  at?: number
}

/** What a run left in its folder and in its recorder, read and counted. */
export interface RunRemains extends Pick<RunFacts, 'end' | 'summary' | 'store' | 'timeline' | 'checks'> {
  console: ConsoleContent
  /** How much of the script's own lines is read at most (MiB), where it wrote more. */
  cut?: number
  /** Whether k6's summary is missing or incomplete: it is then empty. */
  unread: boolean
  thresholds: ThresholdResult[]
  checks: CheckResult[]
  /** Of each k6, in the order of the record's. */
  counts: Counts[]
  /** Whether each left its own figures, in the same order. */
  figures: boolean[]
  /** Counts and thresholds are the record's, since not every k6 left its own figures. */
  ofRecord: boolean
  /** Thresholds whose limit lies where a quantile of several k6 may be. */
  near: NearLimit[]
  /** Bytes of all answers. */
  received: number
  failedRequests: RunRecord['failedRequests']
  exceptions: ExceptionCluster[]
  places: { bundle: string; locate: Locate | undefined }
}

/** Reads what a run left. */
export async function leftBy(
  started: RunRecord,
  held: Held | undefined,
  { cutShort = false, at: end = Date.now() }: Ending,
  folder: RunFolder,
): Promise<RunRemains> {
  const { console, cut } = await readLog(folder)
  // What k6 wrote after its command was gone is of another time than what was recorded.
  if (cutShort) console.failures = console.failures.filter(({ at = 0 }) => at <= end)
  const store = held?.store ?? createStore()
  const figures = await figuresLeft(started, store, cutShort ? undefined : folder)
  const { summary } = figures
  const timeline = held?.timeline(runDetails(started))
  const failed = failedRequests(store)
  const places = { bundle: started.bundle.file, locate: await readMap(folder) }
  return {
    end,
    console,
    ...(cut === undefined ? {} : { cut }),
    summary,
    unread: figures.unread,
    near: figures.near,
    ofRecord: figures.ofRecord,
    store,
    ...(timeline ? { timeline } : {}),
    thresholds: owned(figures.thresholds, started),
    checks: checksOf(figures.added),
    figures: figures.each.map(({ summary }) => Object.keys(summary.metrics).length > 0),
    // Counts of one meaning: k6's own of some, and the record's of others, would be no sum.
    counts: figures.each.map(({ summary, store }) => countsOf(figures.ofRecord ? NONE : summary, store)),
    received: counted(summary, store, 'data_received'),
    failedRequests: failed,
    exceptions: exceptionsOf({
      ...places,
      failures: console.failures,
      pages: console.pages,
      thrown: console.thrown,
      failedRequests: sum(failed.map(({ count }) => count)),
    }),
    places,
  }
}

/** k6's own counts are exact; a killed run has only the recorder's. */
const counted = (summary: SummaryExport, store: Store, metric: string): number =>
  countOf(summary, metric) || total(store, metric)

function countsOf(summary: SummaryExport, store: Store): Counts {
  const { passes, fails } = checkedIn(summary) ?? {
    passes: total(store, CHECKS.ok.metric),
    fails: total(store, CHECKS.failed.metric),
  }
  return {
    iterations: counted(summary, store, ITERATIONS.all.metric),
    dropped: counted(summary, store, 'dropped_iterations'),
    requests: counted(summary, store, REQUESTS.all.metric),
    checks: passes + fails,
    failedChecks: fails,
    ...(passes + fails === 0 && series(store, CHECKS.okShare).length > 0 ? { uncountedChecks: true } : {}),
  }
}

import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sum } from '../../config/index.ts'
import { doubtsOf, forensicsOf, loadBegan, type GeneratorWatch, type RunFacts } from '../forensics/index.ts'
import { createStore, total, type RecordedRun, type Timeline, type TimelineAbout } from '../record/index.ts'
import { withoutSpans } from '../traces/index.ts'
import { agreementOf } from './agreement.ts'
import { isSinglePass, replacesScenarios, SUMMARY_FILE } from './command.ts'
import { readConsole, type ConsoleContent } from './console.ts'
import type { Ended } from './execute.ts'
import { failedRequests, figuresOf } from './figures.ts'
import { phaseTimes } from './phaseTimes.ts'
import type { RunRecord } from './record.ts'
import { checksOf, countOf, grownIn, thresholdsOf, type SummaryExport } from './summary.ts'
import { judge } from './verdict.ts'

/** What is read of a console at most (bytes): events are bounded, an author's own lines are not. */
const MOST_CONSOLE = 64 * 1024 * 1024

const CUT = `the console says more than ${MOST_CONSOLE >> 20} MiB: failures after that are not in the record`

/** What a recorder holds of a run. */
export type Held = Pick<RecordedRun, 'store' | 'problems' | 'timeline'>

/** How a run ended, and what was seen of its generator. */
export interface Ending extends Ended {
  watched?: GeneratorWatch
  /** How far the target's clock is ahead of this machine's (milliseconds), if it was asked. */
  skew?: number
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
  { watched, skew, at: end = Date.now(), ...ended }: Ending,
  folder: string,
): Promise<Outcome> {
  const { text, cut } = await readText(join(folder, 'console.log'))
  const console = readConsole(text)
  const figures = await readSummary(join(folder, SUMMARY_FILE))
  const summary = figures ?? { metrics: {} }
  const store = held?.store ?? createStore()
  const about = aboutOf(started)
  const timeline = held?.timeline(about)
  const { pools = [], phases = {}, scenarios = {} } = started.declared ?? {}
  const thresholds = thresholdsOf(summary)
  const checks = checksOf(summary)
  const failedChecks = sum(checks.map(({ fails }) => fails))
  const checked = sum(checks.map(({ passes }) => passes)) + failedChecks
  const iterations = countOf(summary, 'iterations') || total(store, 'iterations')
  const dropped = countOf(summary, 'dropped_iterations') || total(store, 'dropped_iterations')
  const tunnel = console.failures.find(({ origin }) => origin === 'tunnel')?.got
  const launched = Date.parse(started.startedAt)
  const replaced = replacesScenarios(started.k6.command)
  const facts: RunFacts = {
    ...{ store, summary, checks, thresholds, judged: started.judgedPhases, pools },
    ...(timeline ? { timeline } : {}),
    ...(replaced ? { scenarios: {}, phases: {} } : { scenarios, phases }),
    ...{ launched, start: loadBegan(store, launched), end },
  }
  const agreement = agreementOf(store, summary)
  const { failures, explanations, notes } = forensicsOf(console.failures, facts)
  const judgement = judge({
    k6: ended.code,
    interrupted: ended.interrupted,
    ...{ thresholds, checks: checked, failedChecks, iterations, dropped, replaced },
    script: started.script !== undefined,
    singlePass: started.script === undefined && isSinglePass(started.k6.command),
    ...(ended.failure === undefined ? {} : { failure: ended.failure }),
    tunnelErrors: total(store, 'tunnel_errors'),
    ...(tunnel === undefined ? {} : { tunnel }),
    rows: console.rows,
    targets: console.targets,
    setup: console.setup,
    unread: figures === undefined,
    disagreements: agreement?.problems ?? [],
    grown: grownIn(summary),
    ...(skew === undefined ? {} : { skew }),
    ...doubtsOf(facts, watched),
  })
  const record: RunRecord = {
    ...started,
    ...judgement,
    state: 'ended',
    endedAt: new Date(end).toISOString(),
    k6: { ...started.k6, ...(ended.code === undefined ? {} : { exitCode: ended.code }) },
    phases: replaced ? [] : phaseTimes(store, phases, end),
    journeys: held ? figuresOf(store, { ...about, judged: started.judgedPhases }) : [],
    ...{ thresholds, checks, failures, explanations },
    failedRequests: failedRequests(store),
    badRows: console.rows,
    totals: {
      ...{ iterations, dropped, checks: checked, failedChecks },
      requests: countOf(summary, 'http_reqs') || total(store, 'http_reqs'),
    },
    ...(agreement ? { agreement: { recorded: agreement.recorded, k6: agreement.k6 } } : {}),
    notes: [...(judgement.notes ?? []), ...notes, ...(agreement?.notes ?? [])],
    problems: [...(held?.problems ?? []), ...(cut ? [CUT] : [])],
  }
  return { record, console, ...(timeline ? { timeline } : {}) }
}

/** What a run wrote on its console, without spans: they are most of it. Says whether it was more than is read. */
async function readText(path: string): Promise<{ text: string; cut: boolean }> {
  const parts: string[] = []
  let bytes = 0
  try {
    for await (const part of withoutSpans(createReadStream(path, 'utf8'))) {
      bytes += Buffer.byteLength(part)
      if (bytes > MOST_CONSOLE) return { text: parts.join(''), cut: true }
      parts.push(part)
    }
  } catch {
    // There is no console where k6 was never started.
  }
  return { text: parts.join(''), cut: false }
}

/** k6's own figures; undefined where they are not there, or not whole. */
async function readSummary(path: string): Promise<SummaryExport | undefined> {
  try {
    const { metrics = {}, root_group } = JSON.parse(await readFile(path, 'utf8')) as Partial<SummaryExport>
    return { metrics, ...(root_group ? { root_group } : {}) }
  } catch {
    return undefined
  }
}

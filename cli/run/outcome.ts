import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { total, type Store } from '../record/index.ts'
import { isSinglePass, replacesScenarios, SUMMARY_FILE } from './command.ts'
import { readConsole, type ConsoleContent } from './console.ts'
import type { Ended } from './execute.ts'
import { causesOf } from './failures.ts'
import { failedRequests, figuresOf } from './figures.ts'
import type { Plan } from './plan.ts'
import type { RunRecord } from './record.ts'
import { checksOf, countOf, thresholdsOf, type SummaryExport } from './summary.ts'
import { judge } from './verdict.ts'

/** What is read of a console at most (bytes): events are bounded, an author's own lines are not. */
const MOST_CONSOLE = 64 * 1024 * 1024

/** What a run left, put together: verdict, funnel, thresholds, failures. */
export async function outcomeOf(
  started: RunRecord,
  plan: Plan,
  { store, problems }: { store: Store; problems: readonly string[] },
  ended: Ended,
  folder: string,
): Promise<{ record: RunRecord; console: ConsoleContent }> {
  const console = readConsole(await readText(join(folder, 'console.log')))
  const summary = await readSummary(join(folder, SUMMARY_FILE))
  const thresholds = thresholdsOf(summary)
  const checks = checksOf(summary)
  const failedChecks = sum(checks.map(({ fails }) => fails))
  const checked = sum(checks.map(({ passes }) => passes)) + failedChecks
  const iterations = countOf(summary, 'iterations') || total(store, 'iterations')
  const dropped = countOf(summary, 'dropped_iterations') || total(store, 'dropped_iterations')
  const tunnel = console.failures.find(({ origin }) => origin === 'tunnel')?.got
  const judgement = judge({
    k6: ended.code,
    interrupted: ended.interrupted,
    thresholds,
    checks: checked,
    failedChecks,
    script: plan.script !== undefined,
    replaced: replacesScenarios(started.k6.command),
    singlePass: plan.script === undefined && isSinglePass(started.k6.command),
    ...(ended.failure === undefined ? {} : { failure: ended.failure }),
    iterations,
    dropped,
    tunnelErrors: total(store, 'tunnel_errors'),
    ...(tunnel === undefined ? {} : { tunnel }),
    rows: console.rows,
    targets: console.targets,
    setup: console.setup,
  })
  const record: RunRecord = {
    ...started,
    ...judgement,
    state: 'ended',
    endedAt: new Date().toISOString(),
    k6: { ...started.k6, ...(ended.code === undefined ? {} : { exitCode: ended.code }) },
    journeys: figuresOf(store, {
      journeys: plan.manifest.journeys,
      steps: plan.manifest.steps,
      judged: plan.judged,
    }),
    thresholds,
    checks,
    failures: causesOf(console.failures),
    failedRequests: failedRequests(store),
    badRows: console.rows,
    totals: {
      iterations,
      dropped,
      requests: countOf(summary, 'http_reqs') || total(store, 'http_reqs'),
      checks: checked,
      failedChecks,
    },
    problems: [...problems],
  }
  return { record, console }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0))
  return bytes.subarray(0, MOST_CONSOLE).toString('utf8')
}

async function readSummary(path: string): Promise<SummaryExport> {
  try {
    const { metrics = {}, root_group } = JSON.parse(await readFile(path, 'utf8')) as Partial<SummaryExport>
    return { metrics, ...(root_group ? { root_group } : {}) }
  } catch {
    return { metrics: {} }
  }
}

import exec from 'k6/execution'
import type { Options } from 'k6/options'
import { reading, type K6_METRICS, type MetricKind, type Thresholds } from '../config/index.ts'
import type { CATALOG } from './catalog.ts'
import { failures } from './iteration.ts'
import type { Journey } from './journey.ts'
import type { Metrics } from './metrics.ts'
import { suiteOptions } from './options.ts'
import { isPromise } from './errors.ts'
import type { Pool } from './pool.ts'
import { isSinglePass, position } from './position.ts'
import { requireTargets, tryRows, type BadRows } from './preflight.ts'
import { runIdAt, setRunId } from './run.ts'
import { sizeOf, type Scenario } from './scenario.ts'
import { unmeasured, type SummaryData } from './summary.ts'
import { chooseSeeded, cumulate } from './weighted.ts'

type KindsOf<M> =
  M extends Metrics<infer Prefix, infer T>
    ? { [Name in keyof T & string as `${Prefix}_${Name}`]: T[Name]['kind'] }
    : never
type Together<U> = (U extends unknown ? (part: U) => void : never) extends (whole: infer I) => void
  ? I
  : never
type Kinds<M extends readonly unknown[]> = typeof K6_METRICS & {
  [Name in keyof typeof CATALOG]: (typeof CATALOG)[Name]['kind']
} & ([M[number]] extends [never] ? unknown : Together<KindsOf<M[number]>>)
type Flat<T> = { [K in keyof T]: T[K] }

/** What an author says of a suite. */
export interface SuiteDefinition<M extends readonly Metrics[], Data> {
  /** The suite's file in `dist`, and its name everywhere: letters, digits, dash, underscore. */
  name: string
  scenarios: Readonly<Record<string, Scenario>>
  /** Tables of metrics whose names the thresholds may use. */
  metrics?: M
  /** Judged in the phase that the profile judges, unless a key names a phase. */
  thresholds?: Thresholds<Flat<Kinds<M>> & Record<never, MetricKind>>
  /** Runs once before load; what it returns reaches each journey. */
  setup?: () => Data | Promise<Data>
  /** Runs once after load, with what `setup` returned. */
  teardown?: (data: Data) => void | Promise<void>
  /** Any further option of k6, but scenarios and thresholds. */
  options?: Omit<Options, 'scenarios' | 'thresholds' | 'vus' | 'duration' | 'iterations' | 'stages'>
}

/** What `setup` hands to every VU: the run's name, the rows to leave out, and the author's own data. */
interface Shared {
  run: string
  bad: BadRows
  data: unknown
}

/** A runnable test: k6's default function with the exports that k6 looks for. */
export interface Suite {
  (shared?: unknown): unknown
  options: Options
  setup: () => Promise<unknown>
  teardown: (shared: unknown) => unknown
  /** k6's own text is printed, with a warning for each threshold that had nothing to judge. */
  handleSummary: (data: unknown) => Record<string, string> | undefined
  /** The suite's name and its journeys' names, for the build. */
  suite: string
  journeys: readonly string[]
}

/**
 * Makes a suite: `export const { options, setup, teardown, handleSummary } = mySuite; export default mySuite`.
 * Under a single-pass `default` scenario it runs each journey once, in order, and fails the run naming what failed;
 * under any other `default` it picks journeys by weight. Throws one error with every problem of settings, names,
 * caps and thresholds.
 */
export function suite<const M extends readonly Metrics[] = [], Data = unknown>(
  definition: SuiteDefinition<M, Data>,
): Suite {
  const { settings, environment, problems } = reading()
  const { name, scenarios, thresholds = {} } = definition
  // k6 asks for options once; the VUs that then start would each keep what these are made of.
  const options =
    __VU > 0
      ? {}
      : suiteOptions({
          name,
          scenarios,
          thresholds,
          settings,
          environment,
          problems: [...problems],
          options: definition.options ?? {},
        })
  const runnables = Object.values(scenarios).map(({ exec }) => exec)
  const journeys = [...new Set(runnables.flatMap(({ parts }) => parts))]
  const names = journeys.map(({ journey }) => journey)
  const pools = [...new Set(journeys.flatMap(({ rows }) => rows))]
  const sums = cumulate(Object.values(scenarios).map(sizeOf))

  const run = (shared?: unknown): unknown => {
    const data = receive(shared, pools)
    const scenario = position()
    const own = scenarios[scenario.scenario]
    if (own) return own.exec(data)
    return scenario.singlePass
      ? singlePass(journeys, data)
      : runnables[chooseSeeded(sums, ' scenario')]?.(data)
  }

  return Object.assign(run, {
    suite: name,
    journeys: names,
    options,
    async setup(): Promise<Shared> {
      const id = settings.RUN_ID ?? __ENV.K6_CLOUDRUN_TEST_RUN_ID ?? runIdAt(Date.now())
      setRunId(id)
      const single = isSinglePass()
      if (!single) requireTargets()
      const data = await definition.setup?.()
      return { run: id, bad: single ? {} : tryRows(pools, settings.CHECK_ROWS), data }
    },
    teardown: (shared: unknown) => definition.teardown?.(receive(shared, []) as Data),
    handleSummary(data: unknown): Record<string, string> | undefined {
      if (settings.SUMMARY === 'none') return {}
      const empty = isSinglePass() ? [] : unmeasured(data as SummaryData)
      for (const metric of empty)
        // eslint-disable-next-line no-console -- a log line is all that a summary can add to k6's own text
        console.warn(`no samples for ${metric}: its thresholds judged nothing, whatever the text below says`)
      return undefined
    },
  })
}

let received: Shared | undefined

/** Takes what `setup` shared, once per VU, and gives the author's part. Without setup there is nothing to take. */
function receive(shared: unknown, pools: readonly Pool[]): unknown {
  if (shared === undefined || shared === null) return undefined
  if (received !== shared) {
    received = shared as Shared
    const { run, bad } = received
    setRunId(run)
    for (const pool of pools) if (bad[pool.name]) pool.quarantine(bad[pool.name] ?? [])
  }
  return received.data ?? undefined
}

/** Runs each journey once, in order, then fails the run (exit 110) with every failure in one line. */
async function singlePass(journeys: readonly Journey[], data: unknown): Promise<void> {
  failures.clear()
  for (const journey of journeys) {
    const result = journey(data)
    if (isPromise(result)) await result
  }
  if (failures.size === 0) return
  const sentences = [...failures].map(
    ([place, [first, ...more]]) =>
      `${place === '' ? '' : `${place}: `}${first}${more.length > 0 ? ` (and ${more.length} more)` : ''}`,
  )
  exec.test.fail(sentences.slice(0, 5).join('; '))
}

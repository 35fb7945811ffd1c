import { sum } from '../../config/sum.ts'
import type { SetupEvent } from '../catalog.ts'
import type { Metrics } from '../metrics.ts'
import type { Pool } from '../pool.ts'
import type { Scenarios } from '../scenario.ts'
import type { SuiteDefinition } from '../suiteDefinition.ts'
import type { Trace } from '../trace.ts'
import { stackOf, write } from './event.ts'
import { reason } from './failure.ts'
import { suiteOptions, type OptionsInput } from './options.ts'
import { requireTargets, tryRows, type BadRows } from './preflight.ts'
import { journeysOf, sizeOf } from './scenarios.ts'
import { reading } from './settings.ts'
import { isSinglePass, singlePass } from './singlePass.ts'
import { unmeasured, type SummaryData } from './summary.ts'

/** What `setup` hands to every VU: the run's name, the rows to leave out, and the author's own data. */
export interface Shared {
  run: string
  bad: BadRows
  data: unknown
}

/** What a suite exports beside its default function; `receive` takes what `setup` shared. Throws one error with every problem. */
export const suiteParts = <M extends readonly Metrics[], Data>(
  definition: SuiteDefinition<M, Data>,
  receive: (shared: unknown) => unknown,
  runId: () => string,
  beginTrace: () => Trace,
) => {
  const known = reading()
  const { CHECK_ROWS, SUMMARY } = known.settings
  const scenarios = definition.scenarios as Scenarios
  return {
    definition,
    options: suiteOptions(definition as OptionsInput, known),
    async setup(): Promise<Shared> {
      const run = runId()
      const single = isSinglePass()
      if (!single) requireTargets(run, beginTrace)
      let data: Data | undefined
      try {
        data = await definition.setup?.()
      } catch (thrown) {
        // What an async function throws, k6 tells on its stderr alone.
        write('setup', { error: reason(thrown), stack: stackOf(thrown) } satisfies SetupEvent)
        throw thrown
      }
      return { run, bad: single ? {} : tryRows(poolsOf(scenarios), CHECK_ROWS, run, beginTrace), data }
    },
    teardown: (shared: unknown) => definition.teardown?.(receive(shared) as Data),
    handleSummary(data: unknown): Record<string, string> | undefined {
      if (SUMMARY === 'none') return {}
      if (!isSinglePass())
        for (const metric of unmeasured(data as SummaryData))
          // eslint-disable-next-line no-console -- a log line is all that a summary can add to k6's own text
          console.warn(`no samples for ${metric}: its thresholds judged nothing`)
      return undefined
    },
  }
}

/** Leaves out of the suite's pools the rows that setup found to be bad. */
export const quarantine = (scenarios: Scenarios, bad: BadRows): void => {
  for (const pool of poolsOf(scenarios)) pool.quarantine(bad[pool.name] ?? [])
}

/** Runs a `default` that no scenario of the suite is: a single pass, or one of them by weight. */
export const runDefault = (
  scenarios: Scenarios,
  data: unknown,
  single: boolean,
  seed: (what: string) => void,
  random: () => number,
): unknown => {
  if (single) return singlePass(journeysOf(scenarios), data)
  const all = Object.values(scenarios)
  // Apart from what the journey chooses.
  seed(' scenario')
  const wanted = random() * sum(all.map(sizeOf))
  let passed = 0
  return all.find((scenario) => (passed += sizeOf(scenario)) > wanted)?.exec(data)
}

const poolsOf = (scenarios: Scenarios): Pool[] => [
  ...new Set(journeysOf(scenarios).flatMap(({ pools = [] }) => pools)),
]

import type { SetupEvent } from './catalog.ts'
import { stackOf, write } from './event.ts'
import { reason } from './failing.ts'
import { TABLE, type Metrics } from './metrics.ts'
import { suiteOptions, type OptionsInput } from './options.ts'
import type { Pool } from './pool.ts'
import { position } from './position.ts'
import { requireTargets, tryRows, type BadRows } from './preflight.ts'
import { reading } from './reading.ts'
import { runId } from './run.ts'
import { journeysOf, sizeOf, type Scenarios } from './scenario.ts'
import { receive, type Shared } from './shared.ts'
import type { SuiteDefinition } from './suite.ts'
import { isSinglePass, singlePass } from './singlePass.ts'
import { unmeasured, type SummaryData } from './summary.ts'
import { chooseSeeded, cumulate } from './weighted.ts'

/** What a suite exports beside its default function. Throws one error with every problem. */
export const suiteParts = <M extends readonly Metrics[], Data>(definition: SuiteDefinition<M, Data>) => {
  const known = reading()
  const { CHECK_ROWS, SUMMARY } = known.settings
  const { name, scenarios } = definition
  return {
    suite: name,
    journeys: journeysOf(scenarios).map(({ journey }) => journey),
    metrics: definition.metrics?.map((one) => one[TABLE]) ?? [],
    definition,
    options: suiteOptions(definition as OptionsInput, known),
    async setup(): Promise<Shared> {
      const run = runId()
      const single = isSinglePass()
      if (!single) requireTargets()
      let data: Data | undefined
      try {
        data = await definition.setup?.()
      } catch (thrown) {
        // What an async function throws, k6 tells on its stderr alone.
        write('setup', { error: reason(thrown), stack: stackOf(thrown) } satisfies SetupEvent)
        throw thrown
      }
      return { run, bad: single ? {} : tryRows(poolsOf(scenarios), CHECK_ROWS), data }
    },
    teardown: (shared: unknown) => definition.teardown?.(receive(shared, {}) as Data),
    handleSummary(data: unknown): Record<string, string> | undefined {
      if (SUMMARY === 'none') return {}
      const empty = isSinglePass() ? [] : unmeasured(data as SummaryData)
      for (const metric of empty)
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

/** Runs a \`default\` that no scenario of the suite is: a single pass, or one of them by weight. */
export const runDefault = (scenarios: Scenarios, data: unknown): unknown => {
  if (position().singlePass) return singlePass(journeysOf(scenarios), data)
  const all = Object.values(scenarios)
  return all[chooseSeeded(cumulate(all.map(sizeOf)), ' scenario')]?.exec(data)
}

const poolsOf = (scenarios: Scenarios): Pool[] => [
  ...new Set(journeysOf(scenarios).flatMap(({ rows = [] }) => rows)),
]

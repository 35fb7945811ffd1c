import { beginTrace } from './beginTrace.ts'
import { currentScenario } from './currentScenario.ts'
import { deferred, type Shared } from './deferred/index.ts'
import type { Metrics } from './metrics.ts'
import { random, seedIteration } from './random.ts'
import { runId, setRunId } from './run.ts'
import type { Scenarios } from './scenario.ts'
import type { Suite, SuiteDefinition } from './suiteDefinition.ts'
import { settings } from './settings.ts'

/**
 * Makes a suite: `export const { options, setup, teardown, handleSummary } = mySuite; export default mySuite`.
 * Under a single-pass `default` scenario it runs each journey once, in order, and fails the run naming what failed;
 * under any other `default` it picks journeys by weight. Throws one error with every problem of settings, names,
 * caps and thresholds.
 */
export const suite = <const M extends readonly Metrics[] = [], Data = unknown>(
  definition: SuiteDefinition<M, Data>,
): Suite => {
  // What `setup` returns is what they want: the definition's type says so.
  const scenarios = definition.scenarios as Scenarios
  const run = (shared?: unknown): unknown => {
    const data = receive(shared, scenarios)
    const current = currentScenario()
    const own = scenarios[current.name]
    return own
      ? own.exec(data)
      : deferred().runDefault(scenarios, data, current.singlePass, seedIteration, random)
  }
  // What k6 asks for once, or calls in VU 0: the VUs that then start would each keep what it is made of.
  return Object.assign(
    run,
    __VU > 0 ? void settings() : deferred().suiteParts(definition, receive, runId, beginTrace),
  )
}

let received: Shared | undefined

/** Takes what `setup` shared, once per VU, and gives the author's part. Without setup there is nothing to take. */
const receive = (shared: unknown, scenarios: Scenarios = {}): unknown => {
  if (shared === undefined || shared === null) return undefined
  if (received !== shared) {
    received = shared as Shared
    setRunId(received.run)
    if (Object.keys(received.bad).length > 0) deferred().quarantine(scenarios, received.bad)
  }
  return received.data ?? undefined
}

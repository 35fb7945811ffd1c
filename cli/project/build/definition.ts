import type { Plugin } from 'esbuild'
import { describe, isRecord } from '../../../config/problem/keys.ts'
import { unknownWord } from '../../../config/problem/nearest.ts'
import type { Problem } from '../../../config/problem/problem.ts'
import { K6_METRICS } from '../../../config/thresholds/metricKinds.ts'
import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { evaluate, type EvaluateOptions } from '../../../testing/evaluate.ts'
import { valuePlaces } from '../scenarioValues.ts'
import { packageRoot } from '../../base/index.ts'
import { POOL } from './pools.ts'
import { workloadProblems } from './workloadProblems.ts'

/** The module of the library whose one function takes a suite's definition. */
const SUITE = /\/lib\/suite\.[jt]s$/

/** What stands in its place: a suite that keeps its definition, whatever that is, and does nothing else. */
const KEEPING = `export const suite = (definition) => {
  const nothing = () => undefined
  return Object.assign(() => undefined, { definition, options: {}, setup: nothing, teardown: nothing, handleSummary: nothing })
}`

/** What stands in a pool's place, whose rows need not be read for it: whatever is read of it or called. */
const ANYTHING = `const anything = new Proxy(() => anything, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => '' : key === Symbol.iterator ? [][key].bind([]) : anything),
})
export default anything`

/** Makes a bundle that keeps the definition of its suite as it was written, to be judged here and not run. */
export function keepDefinition(): Plugin {
  return {
    name: 'keep-definition',
    setup(build) {
      build.onResolve({ filter: POOL }, ({ path }) => ({ path, namespace: 'anything' }))
      build.onLoad({ filter: /.*/, namespace: 'anything' }, () => ({ contents: ANYTHING, loader: 'js' }))
      build.onLoad({ filter: SUITE }, ({ path }) =>
        path.startsWith(packageRoot) ? { contents: KEEPING, loader: 'js' } : undefined,
      )
    },
  }
}

/** What is of a wrong type in the definition that such a bundle keeps; nothing where its top level throws by itself. */
export async function keptProblems(code: string, how: EvaluateOptions): Promise<Problem[]> {
  try {
    const { exports } = await evaluate(code, how)
    return definitionProblems(exports)
  } catch {
    return []
  }
}

/** What is of a wrong type in the definition of the suite that a bundle exports; nothing where it exports none. */
export function definitionProblems(exports: Readonly<Record<string, unknown>>): Problem[] {
  const suite = exports.default
  return typeof suite === 'function' && 'definition' in suite ? problemsOf(suite.definition) : []
}

const WORKLOAD = 'what loadwright/scenarios makes, such as workload()(browse, { rate: 5 })'
const OPTIONS = ['scenarios', 'thresholds', 'vus', 'duration', 'iterations', 'stages']

/** Whether a value is of the type that a key of a definition asks for; what is not there is judged where it is needed. */
const KEYS: Readonly<Record<string, { allowed: string; holds: (value: unknown) => boolean }>> = {
  name: {
    allowed: 'a text of letters, digits, dash and underscore',
    holds: (value) => typeof value === 'string',
  },
  scenarios: {
    allowed: `workloads by name: { visitors: ${WORKLOAD.split('such as ')[1] ?? ''} }`,
    holds: isRecord,
  },
  metrics: {
    allowed: 'an array of what metrics(…) gave',
    holds: (value) => Array.isArray(value) && value.every(isTable),
  },
  thresholds: { allowed: "{ http_req_duration: ['p(95)<800'], … }", holds: isRecord },
  setup: { allowed: 'a function', holds: (value) => typeof value === 'function' },
  teardown: { allowed: 'a function', holds: (value) => typeof value === 'function' },
  options: { allowed: 'further options of k6, such as { hosts: { … } }', holds: isRecord },
}

const isTable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getOwnPropertySymbols(value).length > 0

/** What is of a wrong type in a suite's definition. */
export function problemsOf(definition: unknown): Problem[] {
  if (!isRecord(definition))
    return [{ where: 'suite', got: described(definition), allowed: 'suite({ name, scenarios, … })' }]
  const problems: Problem[] = []
  for (const [key, value] of Object.entries(definition))
    if (!Object.hasOwn(KEYS, key)) problems.push(unknownWord('suite', key, Object.keys(KEYS)))
    else if (value !== undefined && KEYS[key]?.holds(value) !== true)
      problems.push({ where: `suite.${key}`, got: described(value), allowed: KEYS[key]?.allowed ?? '' })
  for (const key of ['name', 'scenarios'])
    if (definition[key] === undefined)
      problems.push({ where: `suite.${key}`, got: 'nothing', allowed: KEYS[key]?.allowed ?? '' })
  const { scenarios, thresholds, options } = definition
  if (isRecord(scenarios)) problems.push(...Object.entries(scenarios).flatMap(scenarioProblems))
  if (isRecord(options))
    for (const key of OPTIONS.filter((name) => options[name] !== undefined))
      problems.push({
        where: `suite.options.${key}`,
        got: described(options[key]),
        allowed: `no ${key} here`,
        fix: key === 'thresholds' ? 'Write suite({ thresholds }).' : 'Write suite({ scenarios }).',
      })
  // Such a word is no metric, and every object has it.
  for (const key of isRecord(thresholds) ? Object.keys(thresholds) : []) {
    const { metric } = parseThresholdKey(key) ?? {}
    if (metric !== undefined && metric in {})
      problems.push(unknownWord('suite.thresholds', metric, Object.keys(K6_METRICS)))
  }
  return problems
}

function scenarioProblems([name, scenario]: [string, unknown]): Problem[] {
  const where = `suite.scenarios.${name}`
  const { executor, exec, ...fields } = isRecord(scenario) ? scenario : {}
  const journeys = (exec as { journeys?: unknown } | null | undefined)?.journeys
  if (Array.isArray(journeys) && 'load' in fields) return workloadProblems(fields, where)
  if (typeof executor !== 'string' || !Array.isArray(journeys))
    return [{ where, got: described(scenario), allowed: WORKLOAD }]
  return valuePlaces(executor, fields, where).map(({ at, got, fix }) => ({
    where: at,
    got,
    allowed: fix,
  }))
}

/** A value in words; one that is no JSON by its type. */
function described(value: unknown): string {
  if (value === undefined) return 'nothing'
  try {
    return typeof value === 'string' || typeof value === 'function' || isRecord(value)
      ? describe(value)
      : JSON.stringify(value).slice(0, 80)
  } catch {
    return 'a value that is no JSON'
  }
}

import { describe } from '../../../config/problem/keys.ts'
import { unknownWord } from '../../../config/problem/nearest.ts'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { K6_METRICS, PROTOCOL_METRICS, type MetricKind } from '../../../config/thresholds/metricKinds.ts'
import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { thresholdProblems } from '../../../config/thresholds/thresholdProblems.ts'
import { narrowedFromNone } from './slos.ts'
import { journeyNames, type SuiteExports } from './manifest.ts'
import type { Evaluated } from '../../../testing/evaluate.ts'
import type { SuiteOptions } from '../../record/index.ts'

const EXPORTS = ['default', 'options', 'setup', 'teardown', 'handleSummary'] as const
const NAME = /^[0-9A-Za-z_-]{1,100}$/

/** What an entry must export to be a suite everywhere: in a load test, in the Cloud, as a monitor. */
export function exportProblems(exports: Readonly<Record<string, unknown>>, where: string): Problem[] {
  const missing = EXPORTS.filter((name) => exports[name] === undefined)
  if (missing.length === 0 && (exports.default as Partial<SuiteExports['default']> | null)?.definition)
    return []
  return [
    {
      where,
      got: missing.length > 0 ? `no export ${missing.join(', ')}` : 'a default export that is not a suite',
      allowed: EXPORTS.join(', '),
      fix: 'Write: export const { options, setup, teardown, handleSummary } = mySuite; export default mySuite',
    },
  ]
}

/**
 * Every problem that a suite's options show without a run: names, thresholds, journeys that nothing runs; `slos` are the
 * keys of the environments' thresholds.
 */
export function suiteProblems(
  { exports, seen }: Pick<Evaluated, 'exports' | 'seen'>,
  slos: readonly string[] = [],
): Problem[] {
  const {
    options,
    default: { definition },
  } = exports as unknown as SuiteExports
  // An author may have put other options in the place of the suite's.
  const { scenarios = {}, thresholds = {} } = options as Partial<SuiteOptions>
  const kinds: Record<string, MetricKind> = { ...K6_METRICS, ...PROTOCOL_METRICS }
  for (const { name, type } of seen.metrics) kinds[name] = type
  const journeys = journeyNames(definition)
  return [
    ...nameProblems(definition.name, Object.keys(scenarios)),
    ...thresholdProblems(thresholds, kinds),
    ...twiceProblems(journeys),
    // An environment's may be of another suite.
    ...journeyProblems(narrowedFromNone(Object.keys(thresholds), slos), journeys),
  ]
}

/** Two journeys of one name: their figures would be counted as one journey. */
function twiceProblems(journeys: readonly string[]): Problem[] {
  const twice = new Set(journeys.filter((name, index) => journeys.indexOf(name) !== index))
  return [...twice].map((name) => ({
    where: 'scenarios',
    got: `${journeys.filter((one) => one === name).length} journeys named ${quote(name)}`,
    allowed: 'one journey of a name',
    fix: 'Give each journey(…) a name of its own, or use the same journey in both scenarios.',
  }))
}

function nameProblems(suite: unknown, scenarios: readonly string[]): Problem[] {
  const allowed = 'letters, digits, dash and underscore, at most 100'
  const isName = typeof suite === 'string' && NAME.test(suite)
  const problems: Problem[] = isName ? [] : [{ where: 'suite.name', got: describe(suite), allowed }]
  if (scenarios.length === 0)
    problems.push({
      where: 'scenarios',
      got: 'none',
      allowed: 'at least one, such as { visitors: workload()(browse, { rate: 5 }) }',
    })
  for (const name of scenarios) {
    const where = `scenarios.${name}`
    if (!NAME.test(name)) problems.push({ where, got: quote(name), allowed })
    if (name === 'default')
      problems.push({
        where,
        got: '"default"',
        allowed: 'any other name: k6 gives this one to -i, -u, -d and monitors',
      })
  }
  return problems
}

/** A threshold on a journey that no scenario runs would never see a sample. */
function journeyProblems(keys: readonly string[], journeys: readonly string[]): Problem[] {
  return keys.flatMap((key) => {
    const named = parseThresholdKey(key)?.tags.journey
    return named === undefined || journeys.includes(named)
      ? []
      : [unknownWord(`thresholds[${quote(key)}]: journey`, named, journeys)]
  })
}

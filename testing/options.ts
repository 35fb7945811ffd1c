import { printedDuration, parseGoDuration } from './duration.ts'
import { EXECUTORS, OPTIONS } from './tables.ts'
import type { Scenario } from './types.ts'

type Fields = Record<string, unknown>

const nulls = (names: readonly string[]): Fields => Object.fromEntries(names.map((name) => [name, null]))

const SHORTCUTS = ['vus', 'iterations', 'duration', 'stages']
/** Options that are not among those of a running script, or are put there in another way. */
const ELSEWHERE = [...SHORTCUTS, 'scenarios', 'cloud']

const unset: Fields = {
  ...nulls([...OPTIONS.filter((name) => !ELSEWHERE.includes(name)), 'consoleOutput', 'localIPs']),
  dns: nulls(['ttl', 'select', 'policy']),
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)'],
  systemTags: (
    'check error error_code expected_response group method name proto scenario service status subproto ' +
    'tls_version url'
  ).split(' '),
}

const common = nulls(['startTime', 'gracefulStop', 'env', 'exec', 'tags'])
const durations = [
  'startTime',
  'gracefulStop',
  'maxDuration',
  'duration',
  'timeUnit',
  'gracefulRampDown',
  'setupTimeout',
  'teardownTimeout',
  'handleSummaryTimeout',
  'minIterationDuration',
]

const goDuration = (value: unknown): unknown => {
  const milliseconds = parseGoDuration(value)
  return milliseconds === undefined ? value : printedDuration(milliseconds)
}

function spelled(fields: Fields): Fields {
  const result = { ...fields }
  for (const key of durations)
    if (result[key] !== null && key in result) result[key] = goDuration(result[key])
  if (Array.isArray(result.stages)) result.stages = (result.stages as Fields[]).map(spelled)
  return result
}

const full = (scenario: Fields): Fields =>
  spelled({ ...common, ...nulls(EXECUTORS[String(scenario.executor)] ?? []), ...scenario })

/** The scenario that a script's shortcuts (`vus`, `iterations`, `duration`, `stages`) stand for. */
function shortcut({ vus, iterations, duration, stages }: Fields): Fields {
  const number = vus ?? null
  if (iterations !== undefined) {
    return {
      executor: 'shared-iterations',
      vus: number,
      iterations,
      ...(duration !== undefined && { maxDuration: duration }),
    }
  }
  if (duration !== undefined) return { executor: 'constant-vus', vus: number, duration }
  if (stages !== undefined)
    return { executor: 'ramping-vus', stages, ...(vus !== undefined && { startVUs: vus }) }
  return { executor: 'per-vu-iterations' }
}

/** The scenarios a script declares, by name; none when it leaves them to k6. */
function scenariosOf(script: Fields): Record<string, Fields> {
  const short = SHORTCUTS.some((name) => script[name] !== undefined)
  const { scenarios = short ? { default: shortcut(script) } : {} } = script
  return scenarios as Record<string, Fields>
}

/**
 * A script's options as k6 completes them for `exec.test.options`; plain, not yet frozen.
 * A running scenario that the script does not declare replaces all of its own, as `k6 run -i 1` does.
 */
export function completeOptions(script: Fields, running?: Scenario, iterations = 1): Fields {
  let declared = scenariosOf(script)
  if (running !== undefined && declared[running.name] === undefined) {
    const { name, executor, env, tags } = running
    const counted = executor.endsWith('-iterations') ? { iterations } : {}
    declared = { [name]: { executor, ...counted, ...(env && { env }), ...(tags && { tags }) } }
  }
  if (Object.keys(declared).length === 0) declared = { default: shortcut({}) }
  const scenarios = Object.entries(declared).map(([name, scenario]) => [name, full(scenario)] as const)
  const known = Object.entries(script).filter(
    ([name, value]) => value !== undefined && (name === 'cloud' || name in unset),
  )
  return { ...spelled({ ...unset, ...Object.fromEntries(known) }), scenarios: Object.fromEntries(scenarios) }
}

/** The scenario to run: what was asked for, completed by the options' scenario of that name, or the first. */
export function chooseScenario(script: Fields, asked: Partial<Scenario> = {}): Scenario {
  const scenarios: Record<string, Partial<Scenario>> = scenariosOf(script)
  const name = asked.name ?? Object.keys(scenarios)[0] ?? 'default'
  const { executor, env, tags } = scenarios[name] ?? {}
  const found = { ...(executor && { executor }), ...(env && { env }), ...(tags && { tags }) }
  return { executor: 'shared-iterations', ...found, ...asked, name }
}

/** Freezes a value and everything inside it. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}

import { ITERATIONS } from '../../record/index.ts'
import type { Evaluated } from '../../../testing/evaluate.ts'
import type { Recording, Respond, Sample } from '../../../testing/types.ts'
import { BLOCKED_NAMES } from '../monitors/limits.ts'
import type { MonitorKind } from '../monitors/limits.ts'

/** What a script did in front of a target of ours: `setup`, then one pass. */
export interface Walk {
  setup: Recording
  passes: readonly Recording[]
  /** Everything together. */
  samples: readonly Sample[]
  requests: Recording['requests']
  warnings: readonly string[]
  logs: Recording['logs']
  /** What was thrown. */
  errors: readonly Error[]
  /** Whether the script looked at anything that an answer says. */
  looked: boolean
  /** Whether the script failed or aborted the test by itself. */
  raised: boolean
  /** Virtual seconds of the pass. */
  seconds: number
}

/** How a walk is made. */
export interface WalkOptions {
  kind: MonitorKind
  respond: Respond
  /** Whether requests that fail throw, as the agent's `--throw` makes them. */
  throws?: boolean
  /** Iterations, one after the other; 1 unless told. */
  iterations?: number
}

const FUNCTIONS_OF_K6 = ['setup', 'teardown', 'handleSummary', 'options']

/** Walks a script as the agent of Synthetic Monitoring runs it; where it has no default export, each function once. */
export async function walk(evaluated: Evaluated, how: WalkOptions): Promise<Walk> {
  const { kind, respond, throws = false, iterations = 1 } = how
  const given = Object(evaluated.exports.options) as Record<string, unknown>
  const options = kind === 'browser' ? { ...given, throw: throws } : singlePass(given, throws)
  const run = { options, respond, onError: 'record' } as const
  const scenario = kind === 'browser' ? {} : { scenario: { name: 'default', executor: 'shared-iterations' } }
  const setup = await evaluated.setup(run)
  const [data] = setup.returned
  const passes: Recording[] = []
  for (const exec of entries(evaluated.exports, kind))
    passes.push(await evaluated.iterate({ ...run, ...scenario, exec, data, iterations }))
  const all = [setup, ...passes]
  const ends = passes.flatMap(({ samples }) => samples.filter(({ metric }) => metric === ITERATIONS.trend))
  return {
    setup,
    passes,
    samples: all.flatMap(({ samples }) => samples),
    requests: all.flatMap(({ requests }) => requests),
    warnings: all.flatMap(({ warnings }) => warnings),
    logs: all.flatMap(({ logs }) => logs),
    errors: all.flatMap(({ errors }) => errors as Error[]),
    looked: all.some(({ answersRead }) => answersRead > 0),
    raised: all.some(({ failed, aborted }) => failed.length > 0 || aborted !== undefined),
    seconds: ends.reduce((sum, { value }) => sum + value / 1000, 0),
  }
}

/** The options as the agent's command line leaves them. */
function singlePass(given: Record<string, unknown>, throws: boolean): Record<string, unknown> {
  const { vus: _vus, iterations: _iterations, duration: _duration, stages: _stages, ...rest } = given
  return {
    ...rest,
    throw: throws,
    batch: 10,
    batchPerHost: 4,
    maxRedirects: 10,
    noConnectionReuse: true,
    blockHostnames: [BLOCKED_NAMES],
    scenarios: { default: { executor: 'shared-iterations', vus: 1, iterations: 1 } },
  }
}

/** The functions that a pass calls. */
function entries(exports: Readonly<Record<string, unknown>>, kind: MonitorKind): string[] {
  const named = Object.values(scenariosOf(exports.options)).map(({ exec }) => exec)
  const first = kind === 'browser' ? named[0] : undefined
  if (typeof first === 'string' && typeof exports[first] === 'function') return [first]
  if (typeof exports.default === 'function') return ['default']
  return Object.keys(exports).filter(
    (name) => typeof exports[name] === 'function' && !FUNCTIONS_OF_K6.includes(name),
  )
}

/** The scenarios that options declare, by name; none where they are not objects. */
export function scenariosOf(options: unknown): Record<string, Readonly<Record<string, unknown>>> {
  const { scenarios } = Object(options) as { scenarios?: unknown }
  return Object.fromEntries(
    Object.entries(Object(scenarios) as object).filter(
      (entry): entry is [string, Record<string, unknown>] =>
        typeof entry[1] === 'object' && entry[1] !== null,
    ),
  )
}

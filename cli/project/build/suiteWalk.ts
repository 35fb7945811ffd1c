import type { Evaluated } from '../../../testing/evaluate.ts'
import type { Recording } from '../../../testing/types.ts'
import type { RunOptions } from '../../../testing/run.ts'
import { JOURNEYS, STEPS, type IterationWalk, type SuiteOptions } from '../../record/index.ts'
import { defined } from '../../base/index.ts'
import { memo } from './memo.ts'

/** What a suite does in front of a target that answers 200 to everything, where every check holds. */
export interface SuiteWalk {
  /** Steps in the order in which they began. */
  steps: readonly { journey: string; step: string }[]
  iteration: Readonly<Record<string, IterationWalk>>
  /** Steps that ended after their journey, because they were not awaited; with their error, if any. */
  unawaited: readonly { step: string; error?: Error }[]
}

/** Iterations walked for each scenario: enough for the average of a weighted mix. */
const ITERATIONS = 20

const SINGLE: RunOptions = {
  onError: 'record',
  options: { scenarios: { default: { executor: 'shared-iterations', vus: 1, iterations: 1 } } },
}

/**
 * Walks an evaluated suite: `setup`, a single pass, iterations of each scenario. Where a walk ends early, because an
 * answer lacks what is read of it, it is made once more with answers that give anything. `code` is the bundle's.
 */
export async function walkSuite(
  evaluated: Evaluated,
  { scenarios }: SuiteOptions,
  code: string,
): Promise<SuiteWalk> {
  const mayRunOut = evaluated.seen.sharedArrays.length > 0 && code.includes(RUN_OUT_WORDS)
  const plain = await handed(evaluated, false)
  const filled = memo(() => handed(evaluated, true))
  const pass = { ...SINGLE, scenario: { name: 'default', executor: 'shared-iterations' } }
  const first = await evaluated.iterate({ ...pass, data: plain })
  const seen = lost(first) ? await evaluated.iterate({ ...pass, fill: true, data: await filled() }) : first
  const iteration: Record<string, IterationWalk> = {}
  for (const [name, { executor, env = {} }] of Object.entries(scenarios)) {
    const how: RunOptions = { scenario: { name, executor, env }, iterations: ITERATIONS, onError: 'record' }
    const one = await evaluated.iterate({ ...how, data: plain })
    const again = lost(one)
      ? await evaluated.iterate({ ...how, fill: true, data: await filled() })
      : undefined
    const whole =
      again && !lost(again) ? { ...how, fill: true, data: await filled() } : { ...how, data: plain }
    const unique = mayRunOut ? await uniqueOf(evaluated, whole) : undefined
    const done =
      again === undefined
        ? average(one, 'walked')
        : lost(again)
          ? average(one, 'unknown')
          : average(again, 'least')
    iteration[name] = { ...done, ...defined({ unique }) }
  }
  const further = lost(seen) && reached(first) > reached(seen) ? first : seen
  return { steps: stepsOf(further), iteration, unawaited: unawaitedIn(first) }
}

/** What `setup` hands to iterations; nothing where it throws. */
async function handed(evaluated: Evaluated, fill: boolean): Promise<unknown> {
  return (await evaluated.setup({ ...SINGLE, fill })).returned[0]
}

/** Whether a walk did not come to its end: an error, or a journey that failed. */
export const lost = ({ errors, samples, aborted }: Recording): boolean =>
  errors.length > 0 ||
  aborted !== undefined ||
  samples.some(({ metric, value }) => metric === JOURNEYS.failed.metric && value > 0)

/** An iteration that no pool has rows for, and what `uniqueRow` then throws (`lib/pick.ts`): a bundle without those words never asks. */
const BEYOND = 2 ** 40
const RUN_OUT_WORDS = 'uniqueRow() has run out'
const RUN_OUT = /uniqueRow\(\) has run out: pool \\?"(.*?)\\?" has (\d+) rows/s

/**
 * The pool with the fewest rows of which each iteration has one of its own: walked where it has none left, a scenario tells.
 * A journey ends at the first pool that has run out, so it is walked again where that one has not.
 */
async function uniqueOf(evaluated: Evaluated, how: RunOptions): Promise<IterationWalk['unique']> {
  let least: IterationWalk['unique']
  for (;;) {
    const from = least === undefined ? BEYOND : Math.max(0, least.rows - ITERATIONS)
    const { errors, logs } = await evaluated.iterate({ ...how, iterationInTest: from })
    // A journey reports what it throws as an event in the log, as JSON.
    const [fewest] = [
      ...(errors as Partial<Error>[]).map(({ message = '' }) => message),
      ...logs.map(({ text }) => text),
    ]
      .flatMap((text) => {
        const [, pool, rows] = RUN_OUT.exec(text) ?? []
        return pool === undefined ? [] : [{ pool, rows: Number(rows) }]
      })
      .sort((a, b) => a.rows - b.rows)
    if (fewest === undefined || fewest.rows >= (least?.rows ?? Infinity)) return least
    least = fewest
  }
}

const reached = ({ samples }: Recording): number =>
  samples.filter(({ metric }) => metric === STEPS.trend).length

const average = ({ requests, sleeps }: Recording, known: IterationWalk['known']): IterationWalk => ({
  requests: requests.length / ITERATIONS,
  http: requests.some(({ url }) => url.startsWith('http')),
  seconds: sleeps.reduce((sum, seconds) => sum + seconds, 0) / ITERATIONS,
  known,
})

function stepsOf({ samples }: Recording): SuiteWalk['steps'] {
  const steps = new Map<string, { journey: string; step: string }>()
  for (const { metric, tags } of samples)
    if (metric === STEPS.trend && tags.journey !== undefined && tags.step !== undefined)
      steps.set(`${tags.journey} ${tags.step}`, { journey: tags.journey, step: tags.step })
  return [...steps.values()]
}

function unawaitedIn({ samples, errors }: Recording): SuiteWalk['unawaited'] {
  const steps = new Set<string>()
  let running = false
  for (const { metric, tags } of samples)
    if (metric === JOURNEYS.started) running = true
    else if (metric === JOURNEYS.failedShare) running = false
    else if (metric === STEPS.trend && !running && tags.step !== undefined) steps.add(tags.step)
  const [error] = errors as Error[]
  return [...steps].map((step) => ({ step, ...(error && { error }) }))
}

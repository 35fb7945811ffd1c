import type { Evaluated } from '../../../testing/evaluate.ts'
import type { Recording } from '../../../testing/types.ts'
import type { RunOptions } from '../../../testing/run.ts'
import { JOURNEYS, STEPS, type IterationWalk, type SuiteOptions } from '../../record/index.ts'
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
 * answer lacks what is read of it, it is made once more with answers that give anything.
 */
export async function walkSuite(evaluated: Evaluated, { scenarios }: SuiteOptions): Promise<SuiteWalk> {
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
    iteration[name] =
      again === undefined
        ? average(one, 'walked')
        : lost(again)
          ? average(one, 'unknown')
          : average(again, 'least')
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

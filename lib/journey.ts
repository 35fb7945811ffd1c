import { currentScenario } from './currentScenario.ts'
import { deferred } from './deferred/index.ts'
import { errorNamed } from './errors.ts'
import { iteration, setIteration, type Iteration } from './iteration.ts'
import { sleep } from './k6.ts'
import {
  journeyDuration,
  journeyFailed,
  journeysCompleted,
  journeysFailed,
  journeysStarted,
} from './metrics.ts'
import { keepPace } from './pace.ts'
import { tagAs } from './phaseTag.ts'
import type { Pool } from './pool.ts'
import { isPromise } from './promise.ts'
import { seedIteration } from './random.ts'
import type { Journey } from './scenario.ts'
import { resetSteps } from './step.ts'
import { tagPhase } from './followPhase.ts'
import { leaveTrace } from './trace.ts'
import { tags } from './vu.ts'

/** What a journey may say of itself. */
export interface JourneyOptions {
  /** Pools whose rows are tried before load starts: all that the journey uses and that have a `probe`. */
  pools?: readonly Pool[]
  /** Seconds that an iteration usually takes, think time included: sizes the VUs of an open load; 10 where not given. */
  typicalSeconds?: number
}

/**
 * Makes a journey of a function, sync or async, that gets what the author's `setup` returned. Every sample inside is
 * tagged `journey`; starts, ends and time without think time are recorded. A failed `ensure` or an error ends the
 * iteration as a failed journey; it is reported, not thrown on.
 */
export const journey = <Data = unknown>(
  name: string,
  body: (data: Data) => unknown,
  options?: JourneyOptions,
): Journey<NoInfer<Data>> => {
  if (__VU === 0) deferred().checkName(name)
  const run = (data?: Data): unknown => {
    const running = begin(name, options?.pools)
    let result: unknown
    try {
      result = body(data as Data)
    } catch (thrown) {
      end(running, thrown ?? NO_REASON)
      return undefined
    }
    if (!isPromise(result)) {
      end(running)
      return undefined
    }
    return result.then(
      () => end(running),
      (thrown: unknown) => end(running, thrown ?? NO_REASON),
    )
  }
  const made: Journey<Data> = Object.assign(run, { journey: name, journeys: [], ...options })
  ;(made.journeys as Journey<Data>[]).push(made)
  return made
}

/** Seconds that a VU of a closed model waits after a failed journey. */
const PAUSE_SECONDS = 1
const NO_REASON = 'an error without a reason'

const begin = (name: string, pools: readonly Pool[] | undefined): Iteration => {
  // One that k6 has interrupted is left behind: this VU is in another one by now.
  if (iteration?.number === __ITER)
    throw errorNamed(`journey "${name}" inside journey "${iteration.journey}"`)
  resetSteps()
  tags().journey = name
  const began = Date.now()
  const phase = tagPhase(began)
  seedIteration()
  const running: Iteration = { journey: name, pools, phase, began, thought: 0, number: __ITER }
  setIteration(running)
  journeysStarted.add(1)
  return running
}

const end = ({ phase, began, thought }: Iteration, thrown?: unknown): void => {
  const failed = thrown !== undefined
  if (failed && (thrown as Error).name !== 'Abandoned') deferred().failJourney(thrown)
  // What k6 adds at an iteration's end (iteration_duration, data_sent …) is of no step, and of the phase of its start.
  leaveTrace()
  tagAs(phase)
  journeyDuration.add(Date.now() - began - thought)
  journeyFailed.add(failed)
  ;(failed ? journeysFailed : journeysCompleted).add(1)
  setIteration(undefined)
  // In a closed model the next iteration starts at once: without its think time, an outage would become a flood.
  const current = currentScenario()
  if (current.singlePass || current.open) return
  if (failed) sleep(PAUSE_SECONDS)
  if (current.pace > 0) keepPace(began)
}

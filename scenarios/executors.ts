import type {
  ConstantArrivalRateScenario,
  ConstantVUsScenario,
  PerVUIterationsScenario,
  RampingArrivalRateScenario,
  RampingVUsScenario,
  SharedIterationsScenario,
} from 'k6/options'
import type { ExecutorScenario, Runnable } from '../lib/scenario.ts'

/** The options of an executor: k6's own, without the executor's name and `exec`. */
type Options<S> = Omit<S, 'executor' | 'exec'>

const make =
  <S extends { executor: string }>(executor: S['executor']) =>
  <Data>(exec: Runnable<Data>, options: Options<S>): ExecutorScenario<Data> =>
    ({ executor, ...options, exec }) as unknown as ExecutorScenario<Data>

/** A fixed number of iterations, shared between VUs. */
export const sharedIterations = make<SharedIterationsScenario>('shared-iterations')

/** A fixed number of iterations for each VU. */
export const perVUIterations = make<PerVUIterationsScenario>('per-vu-iterations')

/** A fixed number of VUs, for a time. */
export const constantVUs = make<ConstantVUsScenario>('constant-vus')

/** A number of VUs that rises and falls. */
export const rampingVUs = make<RampingVUsScenario>('ramping-vus')

/** A fixed number of iterations started per time unit, for a time. */
export const constantArrivalRate = make<ConstantArrivalRateScenario>('constant-arrival-rate')

/** A number of iterations started per time unit that rises and falls. */
export const rampingArrivalRate = make<RampingArrivalRateScenario>('ramping-arrival-rate')

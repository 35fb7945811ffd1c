/**
 * How much, and in which shape: a journey and a load become a scenario of k6.
 *
 * @module loadwright/scenarios
 */
export {
  constantArrivalRate,
  constantVUs,
  perVUIterations,
  rampingArrivalRate,
  rampingVUs,
  sharedIterations,
} from './executors.ts'
export { mix, type Share } from './mix.ts'
export { workload } from './workload.ts'
export type { ClosedLoad, Load, OpenLoad, PatternLevel, WorkloadSettings } from '../config/workload/load.ts'

/**
 * The recording double of k6: rehearse journeys without k6.
 *
 * @module loadwright/testing
 */
export { k6Aliases } from './aliases.ts'
export { active } from './active.ts'
export { createK6, type K6Double, type K6Options } from './double.ts'
export { rehearse, type Rehearsal, type RehearsedStep } from './rehearse.ts'
export type { RunOptions } from './run.ts'
export type {
  CannedResponse,
  PlayedSocket,
  MetricType,
  PageAct,
  PageDid,
  Perform,
  Recording,
  Respond,
  Sample,
  Scenario,
  SentRequest,
} from './types.ts'

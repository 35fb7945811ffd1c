/**
 * What a suite and its journeys are made of.
 *
 * @module loadwright
 */
export { check, ensure } from './check.ts'
export { client } from './client.ts'
export type {
  BatchRequest,
  Body,
  Client,
  ClientOptions,
  Duration,
  Headers,
  RequestOptions,
  Response,
} from './request.ts'
export { journey, type JourneyOptions } from './journey.ts'
export { counter, gauge, metrics, rate, trend, type Metrics, type Recorder, type Table } from './metrics.ts'
export { onceEachVU } from './onceEachVU.ts'
export { nextRow, randomRow, uniqueRow, weightedRow, zipfRow } from './pick.ts'
export { pool, tried, type Pool, type PoolOptions } from './pool.ts'
export {
  contains,
  has,
  header,
  status,
  within,
  type AnyResponse,
  type Checks,
  type Predicate,
} from './predicates.ts'
export { query } from './query.ts'
export { integer, oneOf, random } from './random.ts'
export type { ExecutorScenario, Journey, Runnable, Scenario, ScenarioOptions, Workload } from './scenario.ts'
export { span } from './span.ts'
export { step } from './step.ts'
export { suite } from './suite.ts'
export type { Suite, SuiteDefinition } from './suiteDefinition.ts'
export { think } from './think.ts'
export { traceHeaders } from './traceHeaders.ts'
export { origin } from './tunnel.ts'
export { weighted } from './weighted.ts'
export { settings } from './settings.ts'
export type { Settings } from '../config/settings/settings.ts'

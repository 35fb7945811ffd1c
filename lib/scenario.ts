import type { Scenario as K6Scenario } from 'k6/options'
import type { Load, WorkloadSettings } from '../config/workload/load.ts'
import type { Shape } from '../config/workload/shape.ts'
import type { Pool } from './pool.ts'

/** What a scenario can run, with the data that it wants of `setup`: a journey, or a weighted choice of several. */
export interface Runnable<Data = unknown> {
  (data?: Data): unknown
  /** The journeys it may run. */
  readonly journeys: readonly Journey<Data>[]
  /** Seconds that an iteration usually takes, think time included: sizes the VUs of an open load. */
  readonly typicalSeconds?: number
}

/** What one user does in an iteration: a plain function, valid as a k6 script's default export. */
export interface Journey<Data = unknown> extends Runnable<Data> {
  readonly journey: string
  /** Pools whose rows are tried before load starts. */
  readonly pools?: readonly Pool[]
}

/** What any scenario of k6 may say, whichever executor it has. */
export interface ScenarioOptions {
  /** When it begins, counted from the test's start. */
  startTime?: string
  /** How long iterations may still take once it ends. */
  gracefulStop?: string
  /** Variables of its own; its phases travel beside them. */
  env?: Record<string, string>
  tags?: Record<string, string>
}

/** A scenario of k6 whose `exec` is the journey itself, not a name. */
export interface ExecutorScenario<Data = unknown> extends Shape, ScenarioOptions {
  executor: K6Scenario['executor']
  exec: Runnable<Data>
}

/** A journey under a load: the suite gives it the shape of a profile. */
export interface Workload<Data = unknown> extends ScenarioOptions {
  exec: Runnable<Data>
  load: Load
  /** The profile with what stretches and scales it; that of the settings where not given. */
  profile?: WorkloadSettings | undefined
}

/** A scenario of a suite, whose journeys want such data of `setup`. */
export type Scenario<Data = unknown> = ExecutorScenario<Data> | Workload<Data>

/** The scenarios of a suite, by name. */
export type Scenarios<Data = unknown> = Readonly<Record<string, Scenario<Data>>>

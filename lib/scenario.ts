import type { Scenario as K6Scenario } from 'k6/options'
import type { Shape } from '../config/workload/shape.ts'
import type { Pool } from './pool.ts'

/** What a scenario can run: a journey, or a weighted choice of several. */
export interface Runnable {
  (data?: unknown): unknown
  /** The journeys it may run. */
  readonly journeys: readonly Journey[]
  /** Seconds that an iteration usually takes, think time included: sizes the VUs of an open load. */
  readonly typicalSeconds?: number
}

/** What one user does in an iteration: a plain function, valid as a k6 script's default export. */
export interface Journey extends Runnable {
  readonly journey: string
  /** Pools whose rows are tried before load starts. */
  readonly pools?: readonly Pool[]
}

/** A scenario of k6 whose `exec` is the journey itself, not a name. */
export interface Scenario extends Shape {
  executor: K6Scenario['executor']
  exec: Runnable
  /** The size its author gave it, before profile and scale; its peak load where not given. */
  weight?: number
  gracefulStop?: string
  gracefulRampDown?: string
  env?: Record<string, string>
  tags?: Record<string, string>
}

/** The scenarios of a suite, by name. */
export type Scenarios = Readonly<Record<string, Scenario>>

import type { Scenario as K6Scenario } from 'k6/options'
import type { Shape } from '../config/index.ts'
import type { Runnable } from './journey.ts'

/** A scenario of k6 whose `exec` is the journey itself, not a name. */
export interface Scenario extends Shape {
  executor: K6Scenario['executor']
  exec: Runnable
  /** Its share where iterations of a `default` scenario pick a journey; its peak load where not given. */
  weight?: number
  gracefulStop?: string
  gracefulRampDown?: string
  env?: Record<string, string>
  tags?: Record<string, string>
}

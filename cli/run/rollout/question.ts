import { VERSION_PLACE, type WatchConfig, watchLimitOf, type WatchMetric } from '../../../config/watch.ts'
import { raiseOf } from '../../../config/gate.ts'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { longestRange, withoutTexts } from '../../prometheus/index.ts'
import type { RolloutMetric } from '../../verdict/index.ts'

/** A metric with the PromQL that asks for it. */
export interface Question {
  readonly metric: RolloutMetric
  readonly query: string
}

/** What is asked at each look. */
export interface Questions {
  readonly metrics: readonly Question[]
  readonly traffic?: WatchConfig['traffic']
}

/** By how much a metric may be worse unless told. */
export const USUAL_TOLERANCE = '+10%'

/** A metric of a config as it is judged, where looks are so far apart (milliseconds). */
export function questionOf(given: WatchMetric, intervalMs: number): Question {
  const { name, query, better = 'lower', floor = 0, limit } = given
  const tolerance = raiseOf(given.tolerance ?? USUAL_TOLERANCE) ?? { by: 0, unit: 'share' }
  const unit = given.unit ?? (tolerance.unit === 'points' ? 'share' : '')
  const read = limit === undefined ? undefined : watchLimitOf(limit)
  const fresh = Math.min(1, intervalMs / Math.max(intervalMs, longestRange(query)))
  return {
    metric: { name, unit, better, tolerance, floor, fresh, isMain: true, ...(read ? { limit: read } : {}) },
    query,
  }
}

/** The query of a version. */
export const queryOf = (query: string, version: string): string => query.replaceAll(VERSION_PLACE, version)

/** What is wrong with a query, as far as it can be read here; `where` says what it is called. */
export function queryProblems(query: string, where: string): Problem[] {
  const counter = /(?<![\w:])([a-zA-Z_]\w*_(?:total|bucket))(?![\w:])(?:\s*\{[^}]*\})?(?!\s*[[{=!])/.exec(
    withoutTexts(query),
  )?.[1]
  return counter === undefined
    ? []
    : [
        {
          where,
          got: `the counter ${quote(counter)} itself, which starts anew with each process`,
          allowed: `how much it rises: rate(${counter}{…}[1m])`,
        },
      ]
}

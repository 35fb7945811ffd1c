import { isRecord } from '../../../config/problem/keys.ts'
import type { PatternLevel } from '../../../config/workload/load.ts'
import { parseJson, UserError } from '../../base/index.ts'

/** The version of the file's shape; it rises when a key changes its meaning or goes. Described in docs/import.md. */
const SCHEMA = 1

/** What production was asked for, as a log or its metrics tell: `NAME.traffic.json` beside a suite. */
export interface Production {
  schema: typeof SCHEMA
  /** Where it is known from, `access.log`. */
  source: string
  /** Requests that count. */
  requests: number
  /** From the first to the last. */
  seconds: number
  /** Requests per second: the mean, and percentiles of the counts of single seconds, or of the rates of steps. */
  perSecond: PerSecond
  /** Seconds of which each rate is the mean, where the source tells rates in place of requests; 0 where it tells one rate alone. */
  stepSeconds?: number
  /** Requests in progress at a time, on average; absent where the source has no durations. */
  concurrency?: number
  /** Requests by name, most frequent first; `of` is what weights count, where they are not requests. */
  mix: ProductionShare[]
  /** For the profile `replay`. */
  pattern: PatternLevel[]
}

/** Counts of single seconds, or rates of steps. */
export interface PerSecond {
  mean: number
  p50: number
  p95: number
  p99: number
  max: number
}

/** One kind of request in production. */
export interface ProductionShare {
  /** The request's name. */
  name: string
  count: number
  /** Different addresses, where its ids or its query vary. */
  distinct?: number
  /** The share of its ten most frequent ones, 0 to 1. */
  topTen?: number
  /** The pool that has them, and the share of its requests that asked for what is in the pool, 0 to 1. */
  pool?: { name: string; share: number }
}

/** Where a suite's production is kept: `suites/shop.ts` has `suites/shop.traffic.json`. */
export const productionFile = (suite: string): string => `${suite.replace(/\.[cm]?[jt]s$/, '')}.traffic.json`

/** Reads what {@link productionText} wrote. Throws UserError where it is something else. */
export function readProduction(text: string, file: string): Production {
  const json = parseJson(text)
  if (!isRecord(json) || json.schema !== SCHEMA)
    throw new UserError(
      `${file}: got ${isRecord(json) ? `schema ${JSON.stringify(json.schema)}` : 'no JSON object'}; allowed: schema ${SCHEMA}, as loadwright import writes it. Import the log again.`,
    )
  const { requests, seconds, perSecond, mix } = json
  const isWhole =
    typeof json.source === 'string' &&
    isCount(requests) &&
    isCount(seconds) &&
    isRecord(perSecond) &&
    ['mean', 'p50', 'p95', 'p99', 'max'].every((key) => isCount(perSecond[key])) &&
    Array.isArray(mix) &&
    mix.every((one) => isRecord(one) && typeof one.name === 'string' && isCount(one.count))
  if (!isWhole) throw new UserError(`${file} is damaged: import the log again`)
  return json as unknown as Production
}

/** Production as a file, the same every time. */
export const productionText = (production: Omit<Production, 'schema'>): string =>
  `${JSON.stringify({ schema: SCHEMA, ...production }, undefined, 2).replace(/\{\n\s+("(?:times|share)": [^\n]+)\n\s+("(?:times|share)": [^\n]+)\n\s+\}/g, '{ $1 $2 }')}\n`

const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value < Infinity

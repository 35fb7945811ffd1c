import { isFilled, isRaise } from './gate.ts'
import { describe, isRecord, keyProblems, type KeyCheck } from './problem/keys.ts'
import type { Problem } from './problem/problem.ts'

/** In what a metric of a watch is counted; shares are from 0 to 1. */
export const WATCH_UNITS = ['share', 's', 'ms', 'bytes'] as const

/** What `loadwright watch --prometheus` asks of a version. Its flags go before it. */
export interface WatchConfig {
  /** Held against the same of the stable version at each look. */
  metrics?: readonly WatchMetric[]
  /** What says that the canary gets requests at all: without them it is never promoted. */
  traffic?: WatchTraffic
}

/** A figure of a version, asked in PromQL. */
export interface WatchMetric {
  name: string
  /** PromQL that gives one number; `$version` stands for the version that is asked about. */
  query: string
  /** Default: `lower`. */
  better?: 'lower' | 'higher'
  /** How it is shown. Default: `share` where the tolerance is in points, else a bare number. */
  unit?: (typeof WATCH_UNITS)[number]
  /** What the canary must hold in any case: `<0.01`, `>=0.99`. */
  limit?: string
  /** By how much the canary may be worse: `+10%` of the stable version, or `+1 points` of a share. Default: `+10%`. */
  tolerance?: string
  /** A change up to this never matters, in the unit of the query. Default: 0. */
  floor?: number
}

/** How much traffic the canary must get. */
export interface WatchTraffic {
  /** PromQL as of a metric, such as `sum(rate(http_requests_total{version="$version"}[1m]))`. */
  query: string
  /** The least value at which a look counts. Default: anything above 0. */
  least?: number
}

/** The limit of a metric, read. */
export interface WatchLimit {
  readonly operator: '<' | '<=' | '>' | '>='
  readonly bound: number
}

/** Reads `<0.01`; undefined where it is no limit. */
export const watchLimitOf = (text: string): WatchLimit | undefined => {
  const [, operator, bound = ''] = /^\s*(<=?|>=?)\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*$/i.exec(text) ?? []
  return operator === undefined ? undefined : { operator: operator as '<', bound: Number(bound) }
}

/** What stands for the version in a query. */
export const VERSION_PLACE = '$version'

const isQuery: KeyCheck = (value) =>
  typeof value === 'string' && value.includes(VERSION_PLACE)
    ? undefined
    : `PromQL with ${VERSION_PLACE} in it, such as sum(rate(http_requests_total{version="${VERSION_PLACE}"}[1m]))`
const oneOf =
  (words: readonly string[]): KeyCheck =>
  (value) =>
    (words as readonly unknown[]).includes(value) ? undefined : words.join(', ')
const isAmount: KeyCheck = (value) =>
  typeof value === 'number' && value >= 0 && Number.isFinite(value) ? undefined : 'a number, 0 or above'

const METRIC_KEYS: Readonly<Record<keyof WatchMetric, KeyCheck>> = {
  name: isFilled,
  query: isQuery,
  better: oneOf(['lower', 'higher']),
  unit: oneOf(WATCH_UNITS),
  limit: (value) =>
    typeof value === 'string' && watchLimitOf(value) ? undefined : 'a limit such as <0.01 or >=0.99',
  tolerance: isRaise,
  floor: isAmount,
}
const TRAFFIC_KEYS: Readonly<Record<keyof WatchTraffic, KeyCheck>> = { query: isQuery, least: isAmount }
const WATCH_KEYS: Readonly<Record<keyof WatchConfig, KeyCheck>> = {
  metrics: (value) => (Array.isArray(value) ? undefined : 'a list of metrics'),
  traffic: (value) => (isRecord(value) ? undefined : 'an object { query, least }'),
}

/** Every problem of a config's `watch`, as its author wrote it; `where` says what it is called. */
export const watchProblems = (value: unknown, where: string): Problem[] => {
  if (!isRecord(value))
    return [{ where, got: describe(value), allowed: 'an object such as { metrics: [{ name, query }] }' }]
  const metrics: readonly unknown[] = Array.isArray(value.metrics) ? value.metrics : []
  return [
    ...keyProblems(value, WATCH_KEYS, where),
    ...metrics.flatMap((one, index) => metricProblems(one, `${where}.metrics[${index}]`)),
    ...twice(metrics, `${where}.metrics`),
    ...(isRecord(value.traffic)
      ? keyProblems(value.traffic, TRAFFIC_KEYS, `${where}.traffic`, ['query'])
      : []),
  ]
}

/** Every problem of one metric; `where` says what it is called. */
export const metricProblems = (one: unknown, where: string): Problem[] =>
  isRecord(one)
    ? keyProblems(one, METRIC_KEYS, where, ['name', 'query'])
    : [{ where, got: describe(one), allowed: 'an object such as { name, query }' }]

const twice = (metrics: readonly unknown[], where: string): Problem[] => {
  const names = metrics.flatMap((one) => (isRecord(one) && typeof one.name === 'string' ? [one.name] : []))
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => ({
    where,
    got: `${describe(name)} twice`,
    allowed: 'a name for each metric',
  }))
}

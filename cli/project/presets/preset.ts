import type { Monitor } from '../../../config/monitor/monitor.ts'
import type { Tolerance } from '../../../config/gate.ts'
import type { Load } from '../../../config/workload/load.ts'
import type { ProfileName } from '../../../config/workload/profiles.ts'

/** A preset as it was read, without a problem. */
export interface Preset extends Timing {
  name: string
  description?: string
  target?: string
  environment?: string
  profile?: ProfileName
  load: Load
  /** Seconds that a user waits after a request, from the shortest to the longest. */
  think?: readonly [number, number]
  requests?: readonly PresetRequest[]
  suite?: string
  journeys?: readonly PresetJourney[]
  thresholds: Readonly<Record<string, readonly PresetThreshold[]>>
  limits: { vus?: number; rate?: number; duration?: string; browserVUs?: number }
  /** Whole percents by load zone. */
  regions?: Readonly<Record<string, number>>
  tolerances?: readonly Tolerance[]
  monitor?: PresetMonitor
}

/** A preset as a check of Synthetic Monitoring; its target, and its regions as probes, are the preset's. */
export type PresetMonitor = Partial<Pick<Monitor, 'probes' | 'every' | 'timeout' | 'alerts' | 'labels'>>

interface Timing {
  rampUp?: string
  warmUp?: string
  duration?: string
  rampDown?: string
}

/** A limit as k6 takes it. */
export type PresetThreshold = string | { threshold: string; abortOnFail?: boolean; delayAbortEval?: string }

/** A journey of the suite, and its share of the load. */
export interface PresetJourney {
  name: string
  weight: number
}

/** A request as its author wrote it, with what was left out. */
export interface PresetRequest {
  name: string
  method: string
  /** Of the target, and without its parameters. */
  path: string
  headers?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string>>
  graphql?: PresetOperation
  body?: unknown
  form?: Readonly<Record<string, string | readonly string[]>>
  weight?: number
  checks?: PresetChecks
  /** Where it is in the file, lines and columns counted from 0. */
  at: readonly [line: number, column: number]
}

/** What must hold of a response. */
export interface PresetChecks {
  status?: number | readonly number[]
  contains?: string | readonly string[]
  within?: string
  header?: string | Readonly<Record<string, string>>
}

/** An operation of GraphQL. */
export interface PresetOperation {
  query: string
  variables?: Readonly<Record<string, unknown>>
  operationName?: string
}

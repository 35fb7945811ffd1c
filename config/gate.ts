import { describe, isRecord, keyProblems, type KeyCheck } from './problem/keys.ts'
import type { Problem } from './problem/problem.ts'

/** What a gate makes of a verdict that is neither pass nor fail: its own exit code, that of `fail`, or that of `pass`. */
export const TREATMENTS = ['own', 'fail', 'pass'] as const
/** What a gate makes of a run without enough comparable ones to compare it with. */
export const WITHOUT_BASELINE = ['pass', 'inconclusive', 'fail'] as const

/** What `loadwright gate` does where it cannot say pass or fail, and which changes it tolerates. Its flags go before it. */
export interface GateConfig {
  /** The exit code of `inconclusive`: its own (95), that of `fail` (99), or of `pass` (0). Default: `own`. */
  inconclusive?: (typeof TREATMENTS)[number]
  /** The exit code of `invalid`: its own (96), that of `fail` (99), or of `pass` (0). Default: `own`. */
  invalid?: (typeof TREATMENTS)[number]
  /** The verdict on a run with fewer than 5 comparable ones before it. Default: `pass`, with a note; `inconclusive` if `--baseline` names what to compare with. */
  insufficientBaseline?: (typeof WITHOUT_BASELINE)[number]
  /** Changes for the worse that do not fail; of several that match, the one that names most decides. */
  tolerances?: readonly Tolerance[]
}

/** By how much a metric may be worse than before, at a journey or a step, and who answers for it. */
export interface Tolerance {
  /** As the rows of `loadwright compare --format json` have it, such as `group_duration` for the time of a step. */
  metric: string
  journey?: string
  step?: string
  /** The environment in which it holds. Default: every one. */
  environment?: string
  /** `+10%` of the baseline, or `+1 points` of a share. */
  limit: string
  /** Who is named where it is exceeded. */
  owner: string
}

/** A limit that is raised: by a share of what it is, or by points of a share (0.01 is one). */
export interface Raise {
  readonly by: number
  readonly unit: 'share' | 'points'
}

/** Reads `+15%` or `+1 points`; undefined where it is neither. */
export const raiseOf = (text: string): Raise | undefined => {
  const [, number = '', unit = ''] = /^\+(\d+(?:\.\d+)?)\s*(%|points?)$/.exec(text.trim()) ?? []
  const by = Number(number) / 100
  return unit === '' || by === 0 ? undefined : { by, unit: unit === '%' ? 'share' : 'points' }
}

/** Metrics that are shares: a percentage of a share says little, and of none nothing. */
const SHARES = ['http_req_failed', 'journey_failed', 'graphql_operation_failed', 'grpc_call_failed', 'checks']

/** Whether the limit of a metric is raised by what it is counted in; what is allowed where it is not. */
export const raiseProblems = (metric: unknown, limit: unknown, where: string): Problem[] =>
  typeof metric === 'string' &&
  typeof limit === 'string' &&
  SHARES.includes(metric) &&
  raiseOf(limit)?.unit === 'share'
    ? [{ where, got: describe(limit), allowed: `points, since ${metric} is a share: +1 points` }]
    : []

/** A check of texts that are not empty. */
export const isFilled: KeyCheck = (value) =>
  typeof value === 'string' && value.trim() !== '' ? undefined : 'a text'
/** A check of what {@link raiseOf} reads. */
export const isRaise: KeyCheck = (value) =>
  typeof value === 'string' && raiseOf(value)
    ? undefined
    : 'by how much the limit is raised: +15% or +1 points'
const oneOf =
  (words: readonly string[]): KeyCheck =>
  (value) =>
    (words as readonly unknown[]).includes(value) ? undefined : words.join(', ')

const GATE_KEYS: Readonly<Record<keyof GateConfig, KeyCheck>> = {
  inconclusive: oneOf(TREATMENTS),
  invalid: oneOf(TREATMENTS),
  insufficientBaseline: oneOf(WITHOUT_BASELINE),
  tolerances: (value) => (Array.isArray(value) ? undefined : 'a list of tolerances'),
}
const TOLERANCE_KEYS: Readonly<Record<keyof Tolerance, KeyCheck>> = {
  metric: isFilled,
  journey: isFilled,
  step: isFilled,
  environment: isFilled,
  limit: isRaise,
  owner: isFilled,
}

/** Every problem of a config's `gate`, as its author wrote it; `where` says what it is called. */
export const gateProblems = (value: unknown, where: string): Problem[] => {
  if (!isRecord(value))
    return [{ where, got: describe(value), allowed: "an object such as { inconclusive: 'fail' }" }]
  const tolerances: readonly unknown[] = Array.isArray(value.tolerances) ? value.tolerances : []
  return [
    ...keyProblems(value, GATE_KEYS, where),
    ...tolerances.flatMap((one, index) => toleranceProblems(one, `${where}.tolerances[${index}]`)),
  ]
}

const toleranceProblems = (one: unknown, where: string): Problem[] =>
  isRecord(one)
    ? [
        ...keyProblems(one, TOLERANCE_KEYS, where, ['metric', 'limit', 'owner']),
        ...raiseProblems(one.metric, one.limit, `${where}.limit`),
      ]
    : [{ where, got: describe(one), allowed: 'metric, limit and owner' }]

import { DURATION_FORMS, formatDuration, parseDuration } from '../../../config/duration.ts'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { number, refuse, serverUrlProblems } from '../../base/index.ts'
import { longestRange, withoutTexts } from '../../prometheus/index.ts'
import { EXAMPLE } from './series.ts'

/** A question over a time (milliseconds, and milliseconds since 1970). */
export interface QueryRange {
  query: string
  fromMs: number
  toMs: number
  stepMs: number
}

/** What a person says of it. */
export interface QueryRangeGiven {
  url: string
  query?: string
  /** How far back, or a time in ISO 8601. */
  from?: string
  to?: string
  step?: string
  now: number
}

/** Points of a series that a Prometheus answers at most. */
const MAX_STEPS = 11_000
/** Fewer are no pattern. */
const LEAST_STEPS = 10
const USUAL_FROM = '24h'
const USUAL_STEP_MS = 60_000

/** What is asked. Throws UserError with everything that is wrong with it; `problems` are those of what opens the server. */
export function queryRangeOf(given: QueryRangeGiven, problems: readonly Problem[]): QueryRange {
  const { url, query = '', from = USUAL_FROM, to = '0s', step, now } = given
  const rangeMs = longestRange(query)
  const stepMs = step === undefined ? rangeMs || USUAL_STEP_MS : (parseDuration(step) ?? 0)
  const [fromMs, toMs] = [from, to].map((text) => timeOf(text, now))
  const isTimed = fromMs !== undefined && toMs !== undefined
  refuse([
    ...serverUrlProblems(url, 'import', {
      allowed: 'an http or https URL of a Prometheus such as http://127.0.0.1:9090',
      user: 'Put them into K6_PROMETHEUS_RW_USERNAME and K6_PROMETHEUS_RW_PASSWORD.',
      secret: 'Put it into a header: K6_PROMETHEUS_RW_BEARER_TOKEN, or K6_PROMETHEUS_RW_HEADERS_<name>.',
    }),
    ...problems,
    ...queryProblems(query),
    ...timeProblems('--from', from, fromMs),
    ...timeProblems('--to', to, toMs),
    ...(stepMs >= 1000
      ? []
      : [{ where: '--step', got: quote(step ?? ''), allowed: `${DURATION_FORMS}, of a second or more` }]),
    ...(isTimed && stepMs >= 1000 ? stepProblems(toMs - fromMs, stepMs, rangeMs) : []),
  ])
  const aligned = (at = 0): number => Math.floor(at / stepMs) * stepMs
  return { query, fromMs: aligned(fromMs), toMs: aligned(toMs), stepMs }
}

/** A time, or how long before now it was; undefined for anything else. */
function timeOf(text: string, now: number): number | undefined {
  const back = parseDuration(text)
  if (back !== undefined) return now - back
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(at) ? undefined : at
}

const timeProblems = (where: string, text: string, at: number | undefined): Problem[] =>
  at === undefined
    ? [
        {
          where,
          got: quote(text),
          allowed: 'a duration before now such as 24h, or a time such as 2026-11-30T08:00:00Z',
        },
      ]
    : []

function queryProblems(query: string): Problem[] {
  if (query.trim() === '')
    return [
      {
        where: '--query',
        got: 'nothing',
        allowed: `PromQL that a Prometheus is asked, such as '${EXAMPLE}'`,
        fix: 'Other files are not read from a server: download them first.',
      },
    ]
  const other = /\b(i?delta|increase|deriv)\s*\(/.exec(withoutTexts(query))?.[1]
  if (other === undefined) return []
  return [{ where: '--query', got: `${other}(…), which is no rate`, allowed: `rate(…): ${EXAMPLE}` }]
}

/** A step that leaves too few or too many of them, or time between them of which nothing is asked. */
function stepProblems(lastsMs: number, stepMs: number, rangeMs: number): Problem[] {
  if (lastsMs <= 0) return [{ where: '--from, --to', got: 'an empty time', allowed: '--from before --to' }]
  const steps = Math.floor(lastsMs / stepMs) + 1
  const [lasts, step, range] = [formatDuration(lastsMs), formatDuration(stepMs), formatDuration(rangeMs)]
  if (steps > MAX_STEPS)
    return [
      {
        where: '--step',
        got: `${number(steps)} steps of ${step} in ${lasts}`,
        allowed: `${number(MAX_STEPS)}, more are answered by no Prometheus`,
        fix: 'Ask for a shorter time, or give a wider --step and as wide a range in rate(…[…]).',
      },
    ]
  if (rangeMs > 0 && stepMs > rangeMs)
    return [
      {
        where: '--step',
        got: `${step}, of which the query sees ${range}`,
        allowed: `${range} or less, or rate(…[${step}])`,
      },
    ]
  if (steps >= LEAST_STEPS) return []
  return [
    {
      where: '--step',
      got: `${steps} steps of ${step} in ${lasts}`,
      allowed: `${LEAST_STEPS} steps or more: a smaller step, or a longer time`,
    },
  ]
}

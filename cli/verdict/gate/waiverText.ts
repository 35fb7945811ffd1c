import { parseDocument } from 'yaml'
import { describe, isRecord, keyProblems, type KeyCheck } from '../../../config/problem/keys.ts'
import type { Problem } from '../../../config/problem/problem.ts'
import { raiseOf, type Waiver } from './waiver.ts'

/** Metrics that are shares: a percentage of a share says little, and of none nothing. */
const SHARES = ['http_req_failed', 'journey_failed', 'checks']

const isText: KeyCheck = (value) => (typeof value === 'string' && value.trim() !== '' ? undefined : 'a text')
const isLimit: KeyCheck = (value) =>
  typeof value === 'string' && raiseOf(value)
    ? undefined
    : 'by how much the limit is raised: +15% or +1 points'
const isDay: KeyCheck = (value) =>
  typeof value === 'string' && isDate(value) ? undefined : 'its last day, such as 2026-12-31'

const isDate = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && time === time && new Date(time).toISOString().startsWith(text)
}

const KEYS: Readonly<Record<Exclude<keyof Waiver, 'raise'>, KeyCheck>> = {
  metric: isText,
  journey: isText,
  step: isText,
  limit: isLimit,
  reason: isText,
  owner: isText,
  approvedBy: isText,
  ticket: isText,
  expires: isDay,
}
const NEEDED = ['metric', 'limit', 'reason', 'owner', 'approvedBy', 'ticket', 'expires']

/** The waivers of a `waivers.yaml`, and every problem of it; `file` says where. */
export function waiversOf(
  text: string,
  file: string,
): { readonly waivers: readonly Waiver[]; readonly problems: readonly (Problem | string)[] } {
  // Failsafe would make texts of numbers; the core schema leaves dates as texts.
  const document = parseDocument(text, { prettyErrors: true })
  const [error] = document.errors
  if (error) return { waivers: [], problems: [`${file}: ${firstLine(error.message)}`] }
  const value: unknown = document.toJS({ maxAliasCount: 0 })
  if (value === null || value === undefined) return { waivers: [], problems: [] }
  const list = isRecord(value) ? value.waivers : undefined
  if (!isRecord(value) || !(Array.isArray(list) || list === null || list === undefined))
    return { waivers: [], problems: [{ where: file, got: describe(value), allowed: 'waivers: and a list' }] }
  const problems = [
    ...keyProblems(value, { waivers: () => undefined }, file),
    ...(list ?? []).flatMap((one: unknown, index) => waiverProblems(one, `${file}: waivers[${index}]`)),
  ]
  if (problems.length > 0) return { waivers: [], problems }
  return {
    waivers: ((list ?? []) as Waiver[]).flatMap((one) => {
      const raise = raiseOf(one.limit)
      return raise ? [{ ...one, raise }] : []
    }),
    problems,
  }
}

function waiverProblems(one: unknown, where: string): Problem[] {
  if (!isRecord(one)) return [{ where, got: describe(one), allowed: 'metric, limit, reason and the rest' }]
  const problems = keyProblems(one, KEYS, where, NEEDED)
  const { metric, limit } = one
  if (problems.length > 0 || typeof metric !== 'string' || typeof limit !== 'string') return problems
  const isShare = SHARES.includes(metric)
  const unit = raiseOf(limit)?.unit
  return isShare && unit === 'share'
    ? [
        {
          where: `${where}.limit`,
          got: describe(limit),
          allowed: `points, since ${metric} is a share: +1 points`,
        },
      ]
    : []
}

const firstLine = (text: string): string => text.split('\n')[0]?.replace(/:$/, '') ?? ''

import { parseDocument } from 'yaml'
import { isFilled, isRaise, raiseOf, raiseProblems } from '../../../config/gate.ts'
import { describe, isRecord, keyProblems, type KeyCheck } from '../../../config/problem/keys.ts'
import type { Problem } from '../../../config/problem/problem.ts'
import type { Waiver } from './waiver.ts'

const isDay: KeyCheck = (value) =>
  typeof value === 'string' && isDate(value) ? undefined : 'its last day, such as 2026-12-31'

const isDate = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && time === time && new Date(time).toISOString().startsWith(text)
}

const KEYS: Readonly<Record<Exclude<keyof Waiver, 'raise'>, KeyCheck>> = {
  metric: isFilled,
  journey: isFilled,
  step: isFilled,
  limit: isRaise,
  reason: isFilled,
  owner: isFilled,
  approvedBy: isFilled,
  ticket: isFilled,
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
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 0 })
  } catch {
    const problem = { where: file, got: 'an alias (*name)', allowed: 'texts that are written out' }
    return { waivers: [], problems: [problem] }
  }
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
  return [...keyProblems(one, KEYS, where, NEEDED), ...raiseProblems(one.metric, one.limit, `${where}.limit`)]
}

const firstLine = (text: string): string => text.split('\n')[0]?.replace(/:$/, '') ?? ''

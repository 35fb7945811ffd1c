import { describe, isRecord, type KeyCheck, keyProblems } from './problem/keys.ts'
import type { Problem } from './problem/problem.ts'
import { parseThresholdKey, thresholdKey } from './thresholds/thresholdKey.ts'

/** A service level objective: the limits of a metric in an environment, and who answers for them. */
export interface Slo {
  /** As k6 writes them, such as `p(95)<500`. */
  thresholds: readonly string[]
  /** Who is named and told where one is crossed, such as `team-orders`. */
  owner: string
}

/** The limits of each metric, journey or step (`group_duration{step:place order}`), with or without an owner. */
export type Slos = Readonly<Record<string, readonly string[] | Slo>>

/** The limits of an entry of `slos`. */
export const limitsOf = (entry: readonly string[] | Slo): readonly string[] =>
  'thresholds' in entry ? entry.thresholds : entry

/** Who answers for an entry of `slos`; undefined where nobody is named. */
export const ownerOf = (entry: readonly string[] | Slo): string | undefined =>
  'thresholds' in entry ? entry.owner : undefined

const EXAMPLE = "['p(95)<500'] or { thresholds: ['p(95)<500'], owner: 'team-orders' }"

const isLimits: KeyCheck = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? undefined
    : "thresholds such as ['p(95)<500']"

const SLO_KEYS: Readonly<Record<keyof Slo, KeyCheck>> = {
  thresholds: isLimits,
  owner: (value) =>
    typeof value === 'string' && value.trim() !== '' ? undefined : 'who answers for it, such as team-orders',
}

/** The key of thresholds with its tags in order, so that two spellings of one place are equal. */
const placeOf = (key: string): string | undefined => {
  const parsed = parseThresholdKey(key)
  if (parsed === undefined) return undefined
  const tags = Object.entries(parsed.tags).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return thresholdKey({ metric: parsed.metric, tags: Object.fromEntries(tags) })
}

/** Every problem of the `slos` of an environment; `where` says which. Metrics are held against a suite when it is built. */
export const sloProblems = (slos: unknown, where: string): Problem[] => {
  if (!isRecord(slos))
    return [{ where, got: describe(slos), allowed: "thresholds such as { journey_failed: ['rate<0.01'] }" }]
  const problems: Problem[] = []
  const seen = new Map<string, string>()
  for (const [key, entry] of Object.entries(slos)) {
    const at = `${where}[${JSON.stringify(key)}]`
    const place = placeOf(key)
    if (place === undefined) {
      const allowed = 'metric or metric{tag:value,…}, such as group_duration{step:place order}'
      problems.push({ where, got: describe(key), allowed })
      continue
    }
    const twin = seen.get(place)
    if (twin !== undefined)
      problems.push({
        where: at,
        got: `the same as ${JSON.stringify(twin)}`,
        allowed: 'each metric and place once',
      })
    seen.set(place, key)
    if (isRecord(entry)) problems.push(...keyProblems(entry, SLO_KEYS, at, ['thresholds', 'owner']))
    else if (isLimits(entry) !== undefined)
      problems.push({ where: at, got: describe(entry), allowed: EXAMPLE })
  }
  return problems
}

import { sum } from '../../config/sum.ts'
import type { SummaryExport } from './summary.ts'

type Values = Readonly<Record<string, unknown>>
type Group = NonNullable<SummaryExport['root_group']>

/** Gauges of which several k6 have the sum. */
const ADDED = /^vus(_max)?(\{|$)/

/**
 * The figures of several k6 that ran one test together, as far as they can be told exactly: counts, rates, means, least
 * and greatest values, checks. A quantile of the whole is in none of them, and so is left out. `latest` gives the last
 * value of a Gauge, which no summary dates.
 */
export function mergeSummaries(
  summaries: readonly SummaryExport[],
  latest: (metric: string) => number | undefined = () => undefined,
): SummaryExport {
  const names = new Set(summaries.flatMap(({ metrics }) => Object.keys(metrics)))
  const metrics = [...names].map((name) => {
    const all = summaries.map(({ metrics }) => metrics[name]).filter((one) => one !== undefined)
    return [name, mergedValues(name, all, latest)] as const
  })
  const groups = summaries.flatMap(({ root_group }) => root_group ?? [])
  return {
    metrics: Object.fromEntries(metrics),
    ...(groups.length > 0 ? { root_group: mergedGroup(groups) } : {}),
  }
}

function mergedValues(
  name: string,
  all: readonly Values[],
  latest: (metric: string) => number | undefined,
): SummaryExport['metrics'][string] {
  const of = (key: string, among = all): number[] => among.flatMap((one) => numberIn(one, key) ?? [])
  const total = (key: string): number => sum(of(key))
  if (all.some((one) => 'passes' in one)) {
    const [passes, fails] = [total('passes'), total('fails')]
    return { passes, fails, value: passes + fails > 0 ? passes / (passes + fails) : 0 }
  }
  if (all.some((one) => 'value' in one)) {
    if (ADDED.test(name)) return { value: total('value'), min: total('min'), max: total('max') }
    const value = latest(name) ?? of('value').at(-1) ?? 0
    return { value, min: Math.min(...of('min')), max: Math.max(...of('max')) }
  }
  if (!all.some((one) => 'avg' in one)) return { count: total('count'), rate: total('rate') }
  const sampled = all.filter((one) => numberIn(one, 'count') !== 0)
  if (sampled.length === 0) return { count: 0, avg: 0, min: 0, max: 0 }
  const whole = sum(sampled.map((one) => (numberIn(one, 'avg') ?? 0) * (numberIn(one, 'count') ?? 0)))
  const count = total('count')
  return {
    count,
    avg: whole / count,
    min: Math.min(...of('min', sampled)),
    max: Math.max(...of('max', sampled)),
  }
}

/** Groups of one path are one group, checks of one name one check. */
function mergedGroup(all: readonly Group[]): Group {
  const checks: NonNullable<Group['checks']> = {}
  for (const [key, check] of all.flatMap((one) => Object.entries(one.checks ?? {}))) {
    const { passes = 0, fails = 0 } = checks[key] ?? {}
    checks[key] = { ...check, passes: passes + check.passes, fails: fails + check.fails }
  }
  const names = new Set(all.flatMap((one) => Object.keys(one.groups ?? {})))
  const groups = [...names].map((name) => [name, mergedGroup(all.flatMap((one) => one.groups?.[name] ?? []))])
  return { groups: Object.fromEntries(groups) as Record<string, Group>, checks }
}

const numberIn = (values: Values, key: string): number | undefined =>
  typeof values[key] === 'number' ? values[key] : undefined

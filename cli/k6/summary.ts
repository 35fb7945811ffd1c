/** What k6's `--summary-export` holds, as far as it is read: its figures are exact, its thresholds inverted. */
export interface SummaryExport {
  metrics: Record<string, Record<string, unknown> & { thresholds?: Record<string, boolean> }>
  root_group?: Group
}

interface Group {
  groups?: Record<string, Group>
  checks?: Record<string, { name: string; path: string; passes: number; fails: number }>
}

/** A threshold with k6's answer. */
export interface ThresholdResult {
  metric: string
  threshold: string
  /** `no samples` where the metric never had one: k6 itself calls that passed. */
  result: 'pass' | 'fail' | 'no samples'
  /** The value of the aggregation that the threshold names, in k6's unit. */
  value?: number
  /** Who set the limit: the suite's author, or the environment's SLOs; absent in plain scripts and older records. */
  source?: 'suite' | 'environment'
  /** Who answers for it, by the environment's SLOs. */
  owner?: string
}

/** A check by its group, with k6's exact counts. */
export interface CheckResult {
  name: string
  group: string
  passes: number
  fails: number
}

/**
 * The thresholds of a run, by metric and threshold, since k6 writes them in any order. In its file, `true` means crossed.
 * `recorded` tells whether the metric of a key was ever seen; undefined if unknown.
 */
export function thresholdsOf(
  { metrics }: SummaryExport,
  recorded: (key: string) => boolean | undefined = () => undefined,
): ThresholdResult[] {
  return sorted(metrics).flatMap(([metric, values]) =>
    sorted(values.thresholds ?? {}).map(([threshold, crossed]): ThresholdResult => {
      const value = valueOf(threshold, values)
      return {
        metric,
        threshold,
        result: isEmpty(threshold, values, () => recorded(metric)) ? 'no samples' : crossed ? 'fail' : 'pass',
        ...(value === undefined ? {} : { value }),
      }
    }),
  )
}

const sorted = <Value>(map: Readonly<Record<string, Value>>): [string, Value][] =>
  Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))

const TREND = /^(avg|min|med|max|p\(.*\))$/

/**
 * Trends say how many samples they have, and one that does not say may have none; rates say how many of each. A gauge
 * that was never set looks like one that was always 0: the record tells them apart, and without it nothing was shown. A
 * counter that counted nothing has counted.
 */
function isEmpty(
  threshold: string,
  values: Readonly<Record<string, unknown>>,
  recorded: () => boolean | undefined,
): boolean {
  if ('passes' in values) return values.passes === 0 && values.fails === 0
  if (isGauge(values)) return !(recorded() ?? [values.value, values.min, values.max].some((one) => one !== 0))
  const isTrend = TREND.test(aggregationOf(threshold)) || Object.keys(values).some((key) => TREND.test(key))
  return isTrend && !(typeof values.count === 'number' && values.count > 0)
}

const isGauge = (values: Readonly<Record<string, unknown>>): boolean => 'value' in values

/** The aggregation of a threshold's expression, such as `p(95)`; '' where it names none. */
export const aggregationOf = (threshold: string): string =>
  /^\s*([a-z]+(?:\([\d.]+\))?)/.exec(threshold)?.[1] ?? ''

function valueOf(threshold: string, values: Readonly<Record<string, unknown>>): number | undefined {
  const aggregation = aggregationOf(threshold)
  const value = 'passes' in values && aggregation === 'rate' ? values.value : values[aggregation]
  return typeof value === 'number' ? value : undefined
}

/** Passed and failed checks. k6 counts all of them, also without the system tag `check`. */
export function checkedIn({ metrics }: SummaryExport): { passes: number; fails: number } | undefined {
  const { passes, fails } = metrics.checks ?? {}
  return typeof passes === 'number' && typeof fails === 'number' ? { passes, fails } : undefined
}

/** The checks of a run, sorted by group and name: k6 writes them in any order. */
export function checksOf({ root_group }: SummaryExport): CheckResult[] {
  const walk = (group: Group, path: string): CheckResult[] => [
    ...Object.values(group.checks ?? {}).map(({ name, passes, fails }) => ({
      name,
      group: path,
      passes,
      fails,
    })),
    ...Object.entries(group.groups ?? {}).flatMap(([name, inner]) =>
      walk(inner, path === '' ? name : `${path} › ${name}`),
    ),
  ]
  const key = ({ group, name }: CheckResult): string => `${group}\n${name}`
  return root_group ? walk(root_group, '').sort((a, b) => (key(a) < key(b) ? -1 : 1)) : []
}

/** VUs that k6 made during the run, beyond those that it began with. */
export function grownIn({ metrics }: SummaryExport): number {
  const { min, max } = metrics.vus_max ?? {}
  return typeof min === 'number' && typeof max === 'number' ? Math.max(0, max - min) : 0
}

/** A counter's count; 0 where k6 has none. */
export function countOf({ metrics }: SummaryExport, metric: string): number {
  const count = metrics[metric]?.count
  return typeof count === 'number' ? count : 0
}

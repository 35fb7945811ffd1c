import { FATAL_METRICS, sanitized, type Aggregate } from '../../check/index.ts'
import { VALUE_BYTES } from '../../project/index.ts'

/** A series as it is published, without the labels that the check itself adds. */
export interface AgentSeries {
  name: string
  labels: Readonly<Record<string, string>>
  value: number
}

/** What the agent makes of the series that it read. */
export interface Registered {
  series: AgentSeries[]
  /** Why the metrics cannot be read: the check is down, and none of them is published. */
  unreadable: string[]
  /** Why the metrics cannot be gathered with the agent’s own: nothing of the execution is published, not even its verdict. */
  conflicts: string[]
}

/** Reads series as the agent does: what it refuses costs all of them. */
export function register(written: readonly Aggregate[]): Registered {
  const unreadable = written.flatMap(unreadableIn)
  if (unreadable.length > 0) return { series: [], unreadable: unique(unreadable), conflicts: [] }
  const series = written.map(seriesOf)
  const conflicts = unique(conflictsIn(series))
  return { series: conflicts.length > 0 ? [] : series.map(cutValues), unreadable: [], conflicts }
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)]

function unreadableIn({ name, tags }: Aggregate): string[] {
  const keys = Object.keys(tags)
  const twins = keys.filter((key) =>
    keys.some((other) => other !== key && sanitized(other) === sanitized(key)),
  )
  return [
    ...keys.flatMap((key) => {
      const why = refusalOf(sanitized(key))
      return why === undefined ? [] : [`metric ${name}: tag ${JSON.stringify(key)} ${why}`]
    }),
    ...(twins.length === 0
      ? []
      : [`metric ${name}: tags ${twins.map((key) => JSON.stringify(key)).join(' and ')} become one label`]),
  ]
}

function refusalOf(label: string): string | undefined {
  if (label === '') return 'has no name'
  if (label.includes(':')) return 'becomes a label with a colon, which no label may have'
  return label.startsWith('__')
    ? `becomes ${label}, and a label may not begin with two underscores`
    : undefined
}

const seriesOf = ({ name, tags, value }: Aggregate): AgentSeries => ({
  name: `probe_${sanitized(name)}`,
  labels: Object.fromEntries(Object.entries(tags).map(([key, text]) => [sanitized(key), text])),
  value,
})

function conflictsIn(series: readonly AgentSeries[]): string[] {
  const seen = new Set<string>()
  return series.flatMap(({ name, labels }) => {
    const own = FATAL_METRICS.find((metric) => name === `probe_${metric}`)
    if (own !== undefined) return [`metric ${own} becomes ${name}, which is the agent’s own`]
    const key = JSON.stringify([name, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))])
    const twice = seen.has(key)
    seen.add(key)
    return twice ? [`two series are published as ${metricName({ name, labels })}`] : []
  })
}

/** A series' name with its labels, as PromQL writes it. */
export function metricName({ name, labels }: Pick<AgentSeries, 'name' | 'labels'>): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}=${JSON.stringify(text)}`)
  return pairs.length === 0 ? name : `${name}{${pairs.join(', ')}}`
}

function cutValues(one: AgentSeries): AgentSeries {
  const labels = Object.entries(one.labels).map(([key, text]) => [key, cutValue(text)] as const)
  return { ...one, labels: Object.fromEntries(labels) }
}

/** A label's value as it is published: of a long one the beginning, with dots at its end. */
function cutValue(text: string): string {
  const bytes = Buffer.from(text)
  return bytes.length > VALUE_BYTES ? `${bytes.subarray(0, VALUE_BYTES - 3).toString()}...` : text
}

import type { MetricType } from '../../../testing/types.ts'
import type { AgentSample, Tags } from './sample.ts'

/** A metric under one set of tags, reduced to one number. */
export interface Aggregate {
  name: string
  kind: MetricType
  tags: Tags
  value: number
  /** How many samples the value is made of. */
  count: number
}

/** What tells two series from each other in the agent's output: the name, the kind, the tags. */
export const seriesIdentity = ({ name, kind, tags }: Omit<Aggregate, 'value' | 'count'>): string =>
  JSON.stringify([name, kind, Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))])

/**
 * Reduces samples to one number for each metric and set of tags, as the agent's output does: the sum of a counter, the
 * mean of a trend or rate, the last value of a gauge.
 */
export async function aggregate(
  samples: AsyncIterable<AgentSample> | Iterable<AgentSample>,
): Promise<Map<string, Aggregate>> {
  const store = new Map<string, Aggregate>()
  for await (const { metric: name, kind, tags, value } of samples) {
    const key = seriesIdentity({ name, kind, tags })
    const known = store.get(key)
    if (known) add(known, value)
    else store.set(key, { name, kind, tags, value, count: 1 })
  }
  return store
}

function add(known: Aggregate, value: number): void {
  if (known.kind === 'counter') known.value += value
  else if (known.kind === 'gauge') known.value = value
  else known.value = (known.value * known.count + value) / (known.count + 1)
  known.count++
}

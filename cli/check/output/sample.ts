import { parseJson } from '../../base/index.ts'
import type { MetricType } from '../../../testing/types.ts'

/** Tags of a sample, labels of a series. */
export type Tags = Readonly<Record<string, string>>

/** One sample as k6's JSON output has it. */
export interface AgentSample {
  metric: string
  kind: MetricType
  tags: Tags
  value: number
}

interface Line {
  type?: string
  metric?: string
  data?: { type?: string; value?: number; tags?: Tags | null }
}

/**
 * Reads the samples from the lines of k6's JSON output, one by one, in constant memory. A line that is no sample, or
 * that k6 had no time to write whole, is left out.
 */
export async function* samplesOf(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<AgentSample> {
  const kinds = new Map<string, MetricType>()
  for await (const text of lines) {
    const { type, metric, data } = (parseJson(text) ?? {}) as Line
    if (metric === undefined || data === undefined) continue
    if (type === 'Metric') kinds.set(metric, data.type as MetricType)
    const kind = kinds.get(metric)
    if (type === 'Point' && kind !== undefined && typeof data.value === 'number')
      yield { metric, kind, tags: data.tags ?? {}, value: data.value }
  }
}

import type { Sample } from '../../testing/types.ts'
import type { Aggregate } from './output/aggregate.ts'
import { publishedOf } from './output/series.ts'
import { seriesName } from './output/text.ts'

/** What a monitor would publish, roughly: the number of its series, and the bytes of their text. */
export interface CheckedSeries {
  series: number
  bytes: number
}

/** The longest text of a value: an estimate knows none, and six decimals are always printed. */
const VALUE = ' 1000.000000\n'.length

/**
 * Estimates what the samples of a single pass become in Synthetic Monitoring: 17 series for each distinct set of tags of
 * a request, 3 for each check, one for each of any other metric, and the text that they take, as over TLS. It errs on
 * the side of too many.
 */
export function estimateSeries(samples: readonly Sample[]): CheckedSeries {
  const lines = new Set(samples.flatMap(madeOf).flatMap(publishedOf).map(seriesName))
  if (lines.size > 0) lines.add('probe_script_duration_seconds')
  const bytes = [...lines].reduce((sum, line) => sum + Buffer.byteLength(line) + VALUE, 0)
  return { series: lines.size, bytes }
}

/** What k6 would hand to the agent's output. */
function madeOf({ metric: name, type: kind, value, tags }: Sample): Aggregate[] {
  const overTls = name.startsWith('http_req') ? { ...tags, tls_version: 'tls1.3' } : tags
  const made = { name, kind, value, tags: overTls, count: 1 }
  // An iteration has sent and received something too, under the tags that it ends with.
  const more = name === 'iteration_duration' ? ['data_sent', 'data_received'] : []
  return [made, ...more.map((each) => ({ ...made, name: each }))]
}

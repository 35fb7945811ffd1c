import { aggregate, seriesIdentity, type Aggregate } from './aggregate.ts'
import { derive } from './derive.ts'
import { DROPPED_LABELS } from '../sm.ts'
import type { AgentSample } from './sample.ts'

/** What the agent's output makes of an execution's samples. */
export interface AgentOutput {
  /** Names and tags as k6 has them, without `probe_`. */
  series: Aggregate[]
  /** The checks, from which the output writes a line of the log each: tags, share that held, how many. */
  checks: Aggregate[]
  /** Names of metrics whose series became equal by what was taken away from them: which one is published is chance. */
  coinciding: string[]
}

/**
 * The series that the agent's output makes of k6's samples, in the order of the samples. `seconds` is the duration of
 * the script, from the start of the outputs to their end.
 */
export async function outputOf(
  samples: AsyncIterable<AgentSample> | Iterable<AgentSample>,
  seconds: number,
): Promise<AgentOutput> {
  const store = await aggregate(samples)
  const whole: Aggregate = {
    name: 'script_duration_seconds',
    kind: 'gauge',
    tags: {},
    value: seconds,
    count: 1,
  }
  const series = new Map<string, Aggregate>()
  const coinciding = new Set<string>()
  for (const one of [...store.values()].flatMap(publishedOf).concat(whole)) {
    const key = seriesIdentity(one)
    if (series.has(key)) coinciding.add(one.name)
    series.set(key, one)
  }
  return {
    series: [...series.values()],
    checks: [...store.values()].filter(({ name }) => name === 'checks'),
    coinciding: [...coinciding],
  }
}

/** The series that are published of one aggregated metric of k6's. */
export const publishedOf = (from: Aggregate): Aggregate[] => derive(from).filter(isKept).map(withoutRemoved)

/** Of what a browser loads only documents are published; the tag alone decides, whoever set it. */
function isKept({ tags }: Aggregate): boolean {
  return ['', 'document'].includes((tags.resource_type ?? '').toLowerCase())
}

function withoutRemoved(one: Aggregate): Aggregate {
  const { __raw_url__: raw, ...others } = one.tags
  const tags = raw ? { ...others, url: raw } : one.tags
  const kept = Object.entries(tags).filter(
    ([key, value]) => !DROPPED_LABELS.includes(key) && !(key === 'group' && value === ''),
  )
  return { ...one, tags: Object.fromEntries(kept) }
}

import { sum } from '../../config/sum.ts'
import {
  type Adequacy,
  adequacyOf,
  distribution,
  inK6sUnit,
  type PhaseTimes,
  type RunRecord,
  series,
  type Store,
  type TestTraffic,
  type Timeline,
} from '../record/index.ts'
import { defined } from '../base/index.ts'
import { mean } from '../prometheus/index.ts'

/** A run beside the production that its suite was made of; undefined where none is known of, or nothing was sent. */
export function adequacyOfRun(
  { declared, judgedPhases }: Pick<RunRecord, 'declared' | 'judgedPhases'>,
  store: Store,
  timeline: Timeline | undefined,
  phases: readonly PhaseTimes[],
): Adequacy | undefined {
  const production = declared?.production
  if (production === undefined) return undefined
  const [from, to] = judgedTime(phases, timeline)
  const seconds = (to - from) / 1000
  const where = judgedPhases.length > 0 ? { phase: [...judgedPhases, ''] } : {}
  const counts = new Map<string, number>()
  for (const one of series(store, 'http_reqs', where)) {
    const { name = '' } = one.labels
    if (one.kind === 'counter') counts.set(name, (counts.get(name) ?? 0) + one.total)
  }
  const requests = sum([...counts.values()])
  if (requests === 0 || !(seconds > 0)) return undefined
  const times = distribution(store, 'http_req_duration', where)
  const took = times && inK6sUnit(times, mean(times))
  const test: TestTraffic = {
    counts,
    mean: requests / seconds,
    pools: new Map(declared?.pools.map(({ name, rows }) => [name, rows])),
    ...defined({
      busiest: busiest(timeline, from, to),
      concurrency: took === undefined ? undefined : (took / 1000) * (requests / seconds),
    }),
  }
  return adequacyOf(production, test)
}

/** From the first judged phase to the end of the last; of a run without phases all of it (ms since 1970). */
function judgedTime(phases: readonly PhaseTimes[], timeline: Timeline | undefined): [number, number] {
  const judged = phases.filter((phase) => phase.judged)
  if (judged.length > 0)
    return [
      Math.min(...judged.map(({ from }) => Date.parse(from))),
      Math.max(...judged.map(({ to }) => Date.parse(to))),
    ]
  const { at = [], window = 0 } = timeline ?? {}
  return [(at[0] ?? 0) * 1000, ((at.at(-1) ?? 0) + window) * 1000]
}

/** Requests per second in the window that has most of them, of those that lie in the time as a whole. */
function busiest(timeline: Timeline | undefined, from: number, to: number): number | undefined {
  if (timeline === undefined) return undefined
  const { at, window, requests } = timeline
  const rates = at.flatMap((start, index) =>
    start * 1000 >= from - 1 && (start + window) * 1000 <= to + 1
      ? [(requests.count[index] ?? 0) / window]
      : [],
  )
  return rates.length > 0 ? Math.max(...rates) : undefined
}

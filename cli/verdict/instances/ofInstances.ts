import {
  JOURNEYS,
  level,
  ranScenarios,
  total,
  type Counts,
  type Instance,
  type RunRecord,
  type Store,
} from '../../record/index.ts'
import type { Facts } from '../facts.ts'
import type { Ending } from '../runRemains.ts'
import { unlikePlan } from './plannedLoad.ts'

/** Seconds between the first instance's beginning and the last one's that are worth a word. */
const APART_SECONDS = 5
/** From here on they may be most of a short load: when a k6 began is known to a second or two. */
const LEAST_APART_SECONDS = 3
/** Milliseconds between the clocks of two instances that are worth a word: how far one is ahead is known to a second. */
const CLOCKS_MS = 2000

/** Which instances were lost, were not what they should have been, or began late. */
export function ofInstances(
  instances: readonly Instance[],
  { othersWentOn = false, uncounted }: Ending,
): Pick<
  Facts,
  'lost' | 'othersStopped' | 'unsound' | 'unheard' | 'apart' | 'alone' | 'clocks' | 'uncounted'
> {
  const of = instances.length
  return {
    lost: instances.flatMap(({ id: instance = '', lost: how }) =>
      how === undefined ? [] : [{ instance, of, how }],
    ),
    othersStopped: !othersWentOn,
    unsound: instances.flatMap(({ id: instance = '', unsound: why }) =>
      why === undefined ? [] : [{ instance, of, why }],
    ),
    unheard: instances.flatMap(({ id: instance = '', unheard: seconds }) =>
      seconds === undefined ? [] : [{ instance, of, seconds }],
    ),
    ...beginnings(instances),
    clocks: clocksOf(instances),
    uncounted,
  }
}

/** The instance that began last, where that was late. */
function beginnings(instances: readonly Instance[]): Pick<Facts, 'apart' | 'alone'> {
  const begun = instances
    .flatMap(({ id: instance = '', started, ended }) =>
      started === undefined
        ? []
        : [{ instance, at: Date.parse(started), until: ended === undefined ? Infinity : Date.parse(ended) }],
    )
    .sort((a, b) => a.at - b.at)
  const [first, last] = [begun[0], begun.at(-1)]
  if (!first || !last) return {}
  const seconds = Math.round((last.at - first.at) / 1000)
  const { instance } = last
  const of = Math.round(Math.min(...begun.map(({ at, until }) => until - at)) / 1000)
  if (seconds >= Math.max(LEAST_APART_SECONDS, of / 2)) return { alone: { instance, seconds, of } }
  return seconds < APART_SECONDS ? {} : { apart: { instance, seconds } }
}

/** The instance whose clock is furthest ahead, and by how much of the one that is furthest behind. */
function clocksOf(instances: readonly Instance[]): Facts['clocks'] {
  const ahead = instances
    .flatMap(({ id: instance = '', aheadMs }) => (aheadMs === undefined ? [] : [{ instance, aheadMs }]))
    .sort((a, b) => b.aheadMs - a.aheadMs)
  const [first, last] = [ahead[0], ahead.at(-1)]
  const ms = first && last ? first.aheadMs - last.aheadMs : 0
  return first && ms >= CLOCKS_MS ? { instance: first.instance, ms } : undefined
}

/** What all instances made together, where that is not what was planned. */
export function unlikeIn(
  record: RunRecord,
  store: Store,
  { iterations, dropped }: Pick<Counts, 'iterations' | 'dropped'>,
): Facts['unlike'] {
  const begun = record.script === undefined ? total(store, JOURNEYS.started) + dropped : undefined
  return unlikePlan(ranScenarios(record), { vus: level(store, 'vus_max'), iterations, begun })
}

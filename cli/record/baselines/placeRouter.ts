import type { Identity } from '../changes.ts'
import { routeKey, type Key } from '../routes.ts'
import { metricShare } from '../shares.ts'
import { CALLS, CHECKS, JOURNEYS, OPERATIONS, REQUESTS, type Part } from '../signals.ts'
import { matches, type Where } from '../where.ts'
import { FAILED_CHECKS } from './checks.ts'
import { TAGS } from './measure.ts'
import type { Place } from './measuredRun.ts'

/** A place whose course is wanted, in whichever phase: the Trend of what is measured there, and its tags. */
export type CoursePlace = Omit<Place, 'phase'> & { readonly metric: string }

/** How k6 pushes a Trend. */
const TREND = ['_seconds', '_bytes', '']

/**
 * What fails at a place, and what counts all there: the checks, GraphQL operations and gRPC calls of a step, journeys, requests of steps and names, and of an
 * own Rate what it counts.
 */
function partsOf({ metric, journey, step, request }: CoursePlace): {
  failed: readonly Part[]
  of: readonly Part[]
} {
  if (metric === FAILED_CHECKS) return { failed: [CHECKS.failed], of: [CHECKS.failed, CHECKS.ok] }
  const said = [OPERATIONS, CALLS].find(({ failedShare }) => failedShare === metric)
  if (said) return { failed: [said.failed], of: [said.all] }
  if (step !== undefined || request !== undefined) return { failed: [REQUESTS.failed], of: [REQUESTS.all] }
  if (journey !== undefined) return { failed: [JOURNEYS.failed], of: [JOURNEYS.failed, JOURNEYS.ok] }
  const { yes, ...other } = metricShare(metric)
  return { failed: [yes], of: 'all' in other ? [other.all] : [yes, other.no] }
}

/** Which places a series adds to: `place INDEX PHASE values | failed | of`. */
export function placeRouter(places: readonly CoursePlace[]): (series: Identity) => Key[] {
  const all = places.flatMap((place, index) => {
    const where: Where = Object.fromEntries(
      Object.entries(TAGS).flatMap(([part, tag]) => {
        const value = place[part as keyof typeof TAGS]
        return value === undefined ? [] : [[tag, value]]
      }),
    )
    const { failed, of } = partsOf(place)
    const counted = (what: string, parts: readonly Part[]) =>
      parts.map((part) => ({
        index,
        what,
        name: `k6_${part.metric}_total`,
        where: { ...where, ...part.where },
      }))
    return [
      ...TREND.map((suffix) => ({ index, what: 'values', name: `k6_${place.metric}${suffix}`, where })),
      ...counted('failed', failed),
      ...counted('of', of),
    ]
  })
  return ({ name, labels }) =>
    all.flatMap((one) =>
      one.name === name && matches(labels, one.where)
        ? [routeKey('place', `${one.index}`, labels.phase ?? '', one.what)]
        : [],
    )
}

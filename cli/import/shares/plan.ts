import type { ProductionShare } from '../../record/index.ts'
import { sum } from '../../../config/sum.ts'
import type { ImportableJourney } from '../../project/index.ts'
import type { Traffic } from '../logs/readLogs.ts'
import { alike } from './alike.ts'
import { sharesOf } from './fit.ts'
import { namedMix } from './named.ts'
import { routeFor } from './routeFor.ts'

/** A journey and how much of production it stands for. */
export interface FittedJourney {
  journey: ImportableJourney
  /** Of all iterations, 0 to 1. */
  share: number
}

/** What journeys can be of production's traffic. */
export interface JourneysPlan {
  fitted: FittedJourney[]
  /** Iterations of all journeys in the time of the log. */
  iterations: number
  /** Requests in that time, by name. */
  expected: ReadonlyMap<string, number>
  /** Production, by the names that the journeys have for its requests. */
  mix: ProductionShare[]
  /** Routes that no journey asks for, by their place. */
  uncovered: number[]
  /** Journeys of which the log has no request. */
  absent: string[]
  /** Requests of journeys that the log does not have, by name. */
  extra: string[]
  /** Journeys that ask for the same in the same proportions. */
  twins: [string, string][]
  /** Journeys that the others together could replace. */
  sums: string[]
}

/** Fits journeys to traffic; nothing is `fitted` where they have no request in common. */
export function journeysPlan(
  { routes }: Pick<Traffic, 'routes'>,
  journeys: readonly ImportableJourney[],
): JourneysPlan {
  const find = routeFor(routes)
  const placed = journeys.map((journey) => ({
    journey,
    requests: journey.requests.map((request) => ({ ...request, at: find(request) })),
  }))
  const isKnown = ({ requests }: (typeof placed)[number]): boolean => requests.some(({ at }) => at >= 0)
  const known = placed.filter(isKnown)
  const covered = [...new Set(known.flatMap(({ requests }) => requests.map(({ at }) => at)))]
    .filter((at) => at >= 0)
    .sort((a, b) => a - b)
  const columns = new Map(covered.map((at, column) => [at, column]))
  // The last column has what the log does not: of that there were none.
  const asked = known.map(({ requests }) => {
    const row = new Array<number>(covered.length + 1).fill(0)
    for (const { at, count } of requests) {
      const column = columns.get(at) ?? covered.length
      row[column] = (row[column] ?? 0) + count
    }
    return row
  })
  const counts = [...covered.map((at) => routes[at]?.route.count ?? 0), 0]
  const { shares, iterations } = known.length > 0 ? sharesOf(asked, counts) : { shares: [], iterations: 0 }
  const expected = new Map<string, number>()
  const tested = new Map<number, Map<string, number>>()
  const extra = new Set<string>()
  for (const [index, { requests }] of known.entries())
    for (const { name, at, count } of requests) {
      const made = count * (shares[index] ?? 0) * iterations
      if (made === 0) continue
      expected.set(name, (expected.get(name) ?? 0) + made)
      if (at < 0) {
        extra.add(name)
        continue
      }
      const names = tested.get(at) ?? new Map<string, number>()
      tested.set(at, names.set(name, (names.get(name) ?? 0) + made))
    }
  const { twins, sums } = alike(asked)
  const nameOf = (index: number): string => known[index]?.journey.name ?? ''
  return {
    fitted: known.map(({ journey }, index) => ({ journey, share: shares[index] ?? 0 })),
    iterations,
    expected,
    mix: namedMix(routes, tested),
    uncovered: [...routes.keys()].filter((at) => !tested.has(at)),
    absent: placed.filter((one) => !isKnown(one)).map(({ journey }) => journey.name),
    extra: [...extra],
    twins: twins.map(([one, other]) => [nameOf(one), nameOf(other)]),
    sums: sums.map(nameOf),
  }
}

/** The total of requests of a plan. */
export const requestsOf = ({ expected }: Pick<JourneysPlan, 'expected'>): number =>
  sum([...expected.values()])

import type { ProductionShare } from '../../record/index.ts'
import { sum } from '../../../config/sum.ts'
import type { Traffic } from '../logs/readLogs.ts'
import { routeName } from './routeFor.ts'

/** Kinds of requests that are kept. */
const MAX_NAMES = 100

/**
 * Production by the names that a test has: a route that the test asks for by several names is divided as the test does, and
 * routes of one name are together. `tested` has, by the route's place, how often the test asks for it by which name.
 */
export function namedMix(
  routes: Traffic['routes'],
  tested: ReadonlyMap<number, ReadonlyMap<string, number>>,
): ProductionShare[] {
  const taken = new Set([...tested.values()].flatMap((names) => [...names.keys()]))
  const mix = new Map<string, ProductionShare>()
  for (const [at, { method, template, route }] of routes.entries()) {
    const names = tested.get(at) ?? new Map([[freeName({ method, template }, taken), 1]])
    const all = sum([...names.values()])
    const distinct = route.values.distinct()
    for (const [name, count] of names) {
      const before = mix.get(name)
      const varied = (before?.distinct ?? 0) + (distinct > 1 ? distinct : 0)
      mix.set(name, {
        name,
        count: (before?.count ?? 0) + Math.round((route.count * count) / all),
        ...(varied > 0 ? { distinct: varied } : undefined),
      })
    }
  }
  return [...mix.values()]
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_NAMES)
}

/** A route's own name, which no request of the test has. */
const freeName = (
  route: Pick<Traffic['routes'][number], 'method' | 'template'>,
  taken: ReadonlySet<string>,
): string => (taken.has(routeName(route)) ? `${route.method} ${route.template}` : routeName(route))

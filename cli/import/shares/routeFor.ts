import type { AskedRequest } from '../../project/index.ts'
import type { Traffic } from '../logs/readLogs.ts'

/** Where a log is read no deeper. */
const MAX_DEPTH = 12

/** What a route of production is called where no test names it. */
export const routeName = ({
  method,
  template,
}: Pick<Traffic['routes'][number], 'method' | 'template'>): string =>
  method === 'GET' ? template : `${method} ${template}`

/**
 * Finds the route of production that a request belongs to: the one that it is named by, else the one whose template its path
 * fits, the most literal first; -1 where there is none.
 */
export function routeFor(routes: Traffic['routes']): (request: Omit<AskedRequest, 'count'>) => number {
  const parts = routes.map(({ template }) => partsOf(template))
  return ({ name, method, path }) => {
    const named = routes.findIndex(
      (route) => route.method === method && (routeName(route) === name || route.template === name),
    )
    if (named >= 0) return named
    const own = partsOf(path)
    let best = -1
    for (const [at, route] of routes.entries()) {
      const template = parts[at] ?? []
      if (route.method !== method || !fits(template, own)) continue
      if (best < 0 || ids(template) < ids(parts[best] ?? [])) best = at
    }
    return best
  }
}

const partsOf = (path: string): string[] => path.split('/').filter(Boolean).slice(0, MAX_DEPTH)
const fits = (template: readonly string[], path: readonly string[]): boolean =>
  template.length === path.length && template.every((part, at) => part === ':id' || part === path[at])
const ids = (template: readonly string[]): number => template.filter((part) => part === ':id').length

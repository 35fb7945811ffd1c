import { isId } from '../traffic/template.ts'
import { createValues, type Values } from './values.ts'

/** Requests of one method to one template. */
export interface Route {
  count: number
  statuses: Map<number, number>
  /** Addresses that can be asked for again: without secrets. */
  values: Values
  /** Requests whose address is a secret, or of a person. */
  hidden: number
  /** Whether only the template of its addresses is known. */
  isOpen: boolean
  /** Whether it can be sent again. */
  replayed: boolean
}

/** A request that is counted. */
export interface Counted {
  method: string
  path: string
  status: number
  /** The address that can be asked for again; undefined where it is a secret, or not known. */
  value: string | undefined
  replayed: boolean
  /** How many there were; 1 unless told. */
  count?: number
  /** Whether the path is a template, whose ids are not known. */
  isOpen?: boolean
}

interface Place {
  children: Map<string, Place>
  /** By method. */
  routes: Map<string, Route>
}

/** The part of a template that stands for ids. */
const ID = ':id'
/** Names at one place of the tree from which on they are values: of the root, which has a site's pages, and elsewhere. */
const MAX_ROOT_NAMES = 100
const MAX_NAMES = 30
/** So many at once are values, whatever is below them. */
const MOST_NAMES = 1000
const MAX_DEPTH = 12
const MAX_PLACES = 20_000
/** Different names below names that are of one kind. */
const MAX_KINDS = 10

/** The tree of a site's paths, of which names that are many at one place become ids. */
export interface Routes {
  add(request: Counted): void
  /** Every route by its template, most frequent first. */
  all(): { method: string; template: string; route: Route }[]
}

/** No route yet; bounded in size. Of `templates` each part is a name, however many there are. */
export function createRoutes({ templates = false }: { templates?: boolean } = {}): Routes {
  const root = place()
  let places = 1
  const step = (from: Place, part: string): Place => {
    const known = from.children.get(part)
    if (known) return known
    const name = places >= MAX_PLACES || from.children.size >= MOST_NAMES ? ID : part
    const there = from.children.get(name)
    if (there) return there
    const made = place()
    from.children.set(name, made)
    places++
    return made
  }
  return {
    add({ method, path, status, value, replayed, count = 1, isOpen = false }) {
      let at = root
      for (const part of path.split('/').filter(Boolean).slice(0, MAX_DEPTH))
        at = step(at, !templates && isValue(part) ? ID : part)
      const route = at.routes.get(method) ?? emptyRoute()
      at.routes.set(method, route)
      route.count += count
      route.replayed ||= replayed
      route.statuses.set(status, (route.statuses.get(status) ?? 0) + count)
      route.isOpen ||= isOpen
      if (value === undefined) route.hidden += count
      else route.values.add(value, count)
    },
    all() {
      if (!templates) fold(root, MAX_ROOT_NAMES)
      return routesIn(root, '').sort(
        (a, b) =>
          b.route.count - a.route.count ||
          (`${a.template} ${a.method}` < `${b.template} ${b.method}` ? -1 : 1),
      )
    },
  }
}

const place = (): Place => ({ children: new Map(), routes: new Map() })
const emptyRoute = (): Route => ({
  count: 0,
  statuses: new Map(),
  values: createValues(),
  hidden: 0,
  isOpen: false,
  replayed: false,
})
const isValue = (part: string): boolean => !part.startsWith('?') && (isId(part) || /[@%=~$,;]/.test(part))

/** Makes ids of names that are many: of those that lead nowhere further, and of those below which the same few names are. */
function fold(at: Place, most: number): void {
  const named = [...at.children].filter(([name]) => name !== ID)
  const inner = named.filter(([, { children }]) => children.size > 0)
  const kinds = new Map<string, number>()
  for (const [, { children }] of inner)
    for (const name of children.keys()) kinds.set(name, (kinds.get(name) ?? 0) + 1)
  const common = new Set([...kinds].filter(([, count]) => count > inner.length / 10).map(([name]) => name))
  const alike = inner.filter(([, { children }]) => [...children.keys()].every((name) => common.has(name)))
  const groups = [
    named.filter(([, { children }]) => children.size === 0),
    common.size <= MAX_KINDS ? alike : [],
  ]
  for (const group of groups) {
    if (group.length <= most && named.length < MOST_NAMES) continue
    for (const [name, child] of group) {
      at.children.delete(name)
      at.children.set(ID, merged(at.children.get(ID), child))
    }
  }
  for (const child of at.children.values()) fold(child, MAX_NAMES)
}

function merged(into: Place | undefined, from: Place): Place {
  if (into === undefined) return from
  for (const [name, child] of from.children) into.children.set(name, merged(into.children.get(name), child))
  for (const [method, route] of from.routes) {
    const own = into.routes.get(method)
    if (own === undefined) {
      into.routes.set(method, route)
      continue
    }
    own.count += route.count
    own.hidden += route.hidden
    own.replayed ||= route.replayed
    own.isOpen ||= route.isOpen
    own.values.merge(route.values)
    for (const [status, count] of route.statuses)
      own.statuses.set(status, (own.statuses.get(status) ?? 0) + count)
  }
  return into
}

const routesIn = ({ children, routes }: Place, template: string): ReturnType<Routes['all']> => [
  ...Array.from(routes, ([method, route]) => ({ method, template: template || '/', route })),
  ...[...children].flatMap(([name, child]) => routesIn(child, `${template}/${name}`)),
]

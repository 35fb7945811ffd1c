import { sum } from '../../../config/sum.ts'
import { number, plural, share } from '../../base/index.ts'
import type { ProductionShare } from '../../record/index.ts'
import type { Note } from '../recording.ts'
import { freeNames } from '../traffic/names.ts'
import { nounOf } from '../traffic/template.ts'
import { isSearch } from './address.ts'
import { isOneTime } from './changing.ts'
import { whyNotAgain } from './reasonToLeave.ts'
import type { Traffic } from './readLogs.ts'
import type { Route } from './routes.ts'

/** Requests that become journeys: rarer ones are told of. */
const MAX_REQUESTS = 25
const LEAST_SHARE = 0.001
/** Rows of a pool. */
const MAX_ROWS = 200
const MAX_TOLD = 12
/** How often a text has to be searched for before it is one of nobody. */
const LEAST_SEARCHES = 3

/** A request of the mix, which becomes a journey of its own. */
export interface MixedRequest {
  /** The constant that holds the journey, which is its name, too. */
  variable: string
  name: string
  method: string
  /** The status that most of its answers had. */
  status: number
  count: number
  /** Its only address; undefined where `rows` has several. */
  path: string | undefined
  rows: readonly [path: string, count: number][]
  /** Whether a person has to write the ids of the rows: only the template is known. */
  isOpen?: boolean
}

/** What stands for an id that nobody knows. */
export const OPEN_ID = 'TODO'

/** What becomes of the traffic's routes. */
export interface Mixed {
  requests: MixedRequest[]
  /** Production by name, whether it is replayed or not. */
  mix: ProductionShare[]
  left: Note[]
}

/** The requests of a mix, with the pools that they take their addresses of. */
export function mixOf(
  { routes, requests: total }: Traffic,
  name: string,
  reserved: ReadonlySet<string>,
): Mixed {
  const names = freeNames(reserved)
  const mixed: Mixed = { requests: [], mix: [], left: [] }
  const rare: number[] = []
  for (const { method, template, route } of routes) {
    const own = method === 'GET' ? template : `${method} ${template}`
    const all = route.values.top()
    const top = all.filter(([value, count]) => count >= LEAST_SEARCHES || !isSearch(value))
    const why = whyNot(method, template, route, top.length)
    const isRare = mixed.requests.length >= MAX_REQUESTS || route.count / total < LEAST_SHARE
    if (why !== undefined) mixed.left.push({ text: `${own}: ${plural(route.count, 'request')}: ${why}` })
    else if (isRare) rare.push(route.count)
    else if (top.length < all.length)
      mixed.left.push({
        text: `${own}: ${plural(all.length - top.length, 'text')} that fewer than ${LEAST_SEARCHES} searched for: they may tell of a person`,
      })
    const distinct = route.values.distinct()
    const produced: ProductionShare = { name: own, count: route.count }
    if (distinct > 1) {
      produced.distinct = distinct
      produced.topTen = part(top.slice(0, 10), route.count)
    }
    if (why === undefined && !isRare) {
      const variable = names.give(
        method === 'GET'
          ? nounOf(template.replaceAll(':id', '0'))
          : `${method.toLowerCase()} ${nounOf(template.replaceAll(':id', '0'))}`,
      )
      const isOpen = top.length === 0
      const rows = isOpen
        ? [[template.replaceAll(':id', OPEN_ID), route.count] as [string, number]]
        : top.length > 1
          ? top.slice(0, MAX_ROWS)
          : []
      if (rows.length > 0 && !isOpen)
        produced.pool = { name: `${name}.${variable}`, share: part(rows, route.count) }
      mixed.requests.push({
        variable,
        name: own,
        method,
        status: statusOf(route),
        count: route.count,
        path: rows.length > 0 ? undefined : top[0]?.[0],
        rows,
        ...(isOpen ? { isOpen } : {}),
      })
    }
    if (mixed.mix.length < MAX_REQUESTS * 4) mixed.mix.push(produced)
  }
  const more = mixed.left.length - MAX_TOLD
  if (more > 0) mixed.left.splice(MAX_TOLD, more, { text: `${number(more)} more that cannot be sent again` })
  if (rare.length > 0) {
    const together = sum(rare)
    mixed.left.push({
      text: `${number(rare.length)} kinds of requests that are rare: ${share(together / total)} of all requests together`,
    })
  }
  return mixed
}

function whyNot(method: string, template: string, route: Route, values: number): string | undefined {
  if (!route.replayed) return whyNotAgain(method, template) ?? 'left out'
  if ([...route.statuses.keys()].every((status) => status >= 500)) return 'each of them failed (5xx)'
  if (values > 0 || route.isOpen) return undefined
  if (isOneTime(template)) return 'links of one person, which work once: write a journey that asks for one'
  return route.values.distinct() > 0
    ? `each has a text that fewer than ${LEAST_SEARCHES} searched for, which may tell of a person`
    : 'their addresses have secrets in them, or tell of persons'
}

/** The most frequent answer; one from the client's own cache has the page's status. */
function statusOf({ statuses }: Route): number {
  const counts = new Map<number, number>()
  for (const [status, count] of statuses) {
    const own = status === 304 || status === 206 || status === 0 ? 200 : status
    if (own < 400) counts.set(own, (counts.get(own) ?? 0) + count)
  }
  return [...counts].sort(([a, one], [b, other]) => other - one || a - b)[0]?.[0] ?? 200
}

const part = (rows: readonly [string, number][], of: number): number =>
  Math.round((sum(rows.map(([, count]) => count)) / of) * 10_000) / 10_000

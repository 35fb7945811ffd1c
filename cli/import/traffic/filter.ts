import type { Exchange } from './exchange.ts'
import { siteOf } from './hosts.ts'
import { templateOf } from './template.ts'
import { isTracker } from './trackers.ts'

/** Requests that a journey makes, and those that it does not. */
export interface Filtered {
  kept: Exchange[]
  /** Why others are left out, each with what they were. */
  left: ReadonlyMap<string, readonly string[]>
  /** The origin that the target's paths are relative to. */
  base: string
}

/** Why a request is left out, where somebody has a say in it; `why` is what else speaks against it. */
export type Judge = (exchange: Exchange, why: string | undefined) => string | undefined

/** Leaves out what is no part of a journey, but for what an address that has one of `include` in it. */
export function filterTraffic(all: readonly Exchange[], include: readonly string[], judge: Judge): Filtered {
  const left = new Map<string, string[]>()
  const base = baseOf(all)
  const site = siteOf(base === '' ? '' : new URL(base).hostname)
  const kept = all.filter((exchange) => {
    const url = addressOf(exchange.url)
    const why = url === undefined ? 'no address of a server' : judge(exchange, whyNot(exchange, url, site))
    if (why === undefined || (url !== undefined && wanted(exchange, include))) return true
    left.set(why, [...(left.get(why) ?? []), nameOf(exchange, url)])
    return false
  })
  return { kept, left, base }
}

/** A socket without its messages cannot be included: nobody knows what to say. */
const wanted = ({ url, kind, answer, messages }: Exchange, include: readonly string[]): boolean =>
  (kind === 'socket' ? messages !== undefined : answer?.status !== 0) &&
  include.some((part) => url.includes(part))

function whyNot({ kind, answer, method, messages }: Exchange, url: URL, site: string): string | undefined {
  if (kind === 'preflight' || method === 'CONNECT') return 'pre-flights: only a browser sends them'
  if (isTracker(url)) return 'trackers'
  if (siteOf(url.hostname) !== site) return 'other hosts'
  if (kind === 'socket')
    return messages === undefined ? 'sockets, whose messages are not in the recording' : undefined
  if (kind === 'static') return 'static files'
  if (kind === 'events') return 'event streams: k6 cannot read them'
  if (kind === 'beacon') return 'beacons'
  if (kind === 'prefetch') return 'what a browser fetches in advance'
  if (answer?.status === 0) return 'no answer came: blocked or aborted'
  return undefined
}

/** An http address; undefined for others: `data:`, `blob:`, an extension's. */
export function addressOf(text: string): URL | undefined {
  try {
    const url = new URL(text)
    return /^(?:https?|wss?):$/.test(url.protocol) ? url : undefined
  } catch {
    return undefined
  }
}

/** Where it was recorded: the first page that was opened, else the origin of most requests. */
function baseOf(all: readonly Exchange[]): string {
  const of = (kinds: readonly string[]): URL[] =>
    all.flatMap(({ kind, url, answer }) => {
      const address = addressOf(url)
      const counts = kinds.includes(kind) && answer?.status !== 0 && address !== undefined
      return counts && !isTracker(address) && address.protocol.startsWith('http') ? [address] : []
    })
  const [first] = of(['document'])
  if (first !== undefined) return first.origin
  const counts = new Map<string, number>()
  for (const { origin } of of(['data', 'other'])) counts.set(origin, (counts.get(origin) ?? 0) + 1)
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a)
  return most?.[0] ?? ''
}

/** What is said of a request that is left out: never its query, which may hold anything. */
function nameOf({ method, url }: Exchange, address: URL | undefined): string {
  if (address === undefined) return /^[\w-]+:/.exec(url)?.[0] ?? 'an address'
  return `${method} ${address.host}${templateOf(address.pathname)}`
}

import type { Clock } from '../clock.ts'
import type { Cookie } from './cookie.ts'

interface Entry {
  name: string
  value: string
  domain: string
  hostOnly: boolean
  path: string
  secure: boolean
  expires: number
  order: number
}

/** Cookies as Go's `net/http/cookiejar` keeps them. */
export interface Jar {
  /** Stores what a response from that URL sets; what the URL may not set is dropped silently. */
  store(url: string, cookies: readonly Cookie[]): void
  /** What a request to that URL carries, the longest path first. */
  cookiesFor(url: string): { name: string; value: string }[]
}

/** Hosts that get `Secure` cookies without TLS. */
const isLoopback = (host: string) => /^(127\.[\d.]+|\[::1\]|(.+\.)?localhost)$/.test(host)
const isIp = (host: string) => host.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(host)

/** The path a cookie without `Path` is bound to: the URL's, up to its last slash. */
export function defaultPath(path: string): string {
  const last = path.lastIndexOf('/')
  return last <= 0 ? '/' : path.slice(0, last)
}

const pathMatches = (cookie: string, path: string) =>
  cookie === path || (path.startsWith(cookie) && (cookie.endsWith('/') || path[cookie.length] === '/'))

/** An empty jar on that clock. */
export function createJar(clock: Pick<Clock, 'now'>): Jar {
  const entries = new Map<string, Entry>()
  let order = 0
  const domainOf = (host: string, { domain }: Cookie): { domain: string; hostOnly: boolean } | undefined => {
    const wanted = domain.replace(/^\./, '').toLowerCase()
    if (wanted === '') return domain === '' ? { domain: host, hostOnly: true } : undefined
    if (isIp(host)) return wanted === host ? { domain: host, hostOnly: true } : undefined
    if (wanted.endsWith('.')) return undefined
    return host === wanted || host.endsWith(`.${wanted}`) ? { domain: wanted, hostOnly: false } : undefined
  }
  return {
    store: (url, cookies) => {
      const target = parse(url)
      if (target === undefined) return
      for (const cookie of cookies) {
        const scope = domainOf(target.hostname, cookie)
        if (scope === undefined) continue
        const path = cookie.path.startsWith('/') ? cookie.path : defaultPath(target.pathname)
        const key = `${scope.domain};${path};${cookie.name}`
        const expires =
          cookie.maxAge > 0
            ? clock.now() + cookie.maxAge * 1000
            : (cookie.expires ?? Number.POSITIVE_INFINITY)
        if (cookie.maxAge < 0 || expires <= clock.now()) {
          entries.delete(key)
          continue
        }
        const age = entries.get(key)?.order ?? ++order
        const { name, value, secure } = cookie
        entries.set(key, { name, value, ...scope, path, secure, expires, order: age })
      }
    },
    cookiesFor: (url) => {
      const target = parse(url)
      if (target === undefined) return []
      const { hostname: host, pathname: path, protocol } = target
      return [...entries.values()]
        .filter(
          (entry) =>
            entry.expires > clock.now() &&
            (host === entry.domain || (!entry.hostOnly && host.endsWith(`.${entry.domain}`))) &&
            pathMatches(entry.path, path) &&
            (!entry.secure || protocol === 'https:' || isLoopback(host)),
        )
        .sort((a, b) => b.path.length - a.path.length || a.order - b.order)
        .map(({ name, value }) => ({ name, value }))
    },
  }
}

function parse(url: string): URL | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  return parsed !== undefined && /^https?:$/.test(parsed.protocol) ? parsed : undefined
}

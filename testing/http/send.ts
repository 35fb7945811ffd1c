import { STATUS_CODES } from 'node:http'
import { hasSystemTag, warn, worked, type Core } from '../core.ts'
import type { CannedResponse } from '../types.ts'
import { cookiesOf, cannedFailure, cannedHeaders } from './canned.ts'
import type { Cookie } from './cookie.ts'
import { measure } from './measure.ts'
import type { Parsed } from './params.ts'
import { followRedirect, type Hop } from './redirect.ts'

/** What came back over the double's wire. */
export interface WireResponse {
  status: number
  statusText: string
  url: string
  headers: Record<string, string>
  cookies: Cookie[]
  /** Undefined when the network failed. */
  body: unknown
  error: string
  code: number
  /** Milliseconds of the last hop. */
  duration: number
  /** Milliseconds from the first hop to the end of the last. */
  total: number
  /** The request as the script made it, before redirects. */
  sent: {
    method: string
    url: string
    headers: Record<string, string>
    body: string
    cookies: Parsed['cookies']
  }
}

/** Sends a request and follows its redirects; the clock stays where it is, for the caller to move. */
export function send(core: Core, parsed: Parsed): WireResponse {
  const tags = { ...parsed.tags }
  const { url } = parsed
  const named = 'name' in tags || url.name === url.clean_url || !hasSystemTag(core, 'name')
  if (!named) tags.name = url.name
  const { method, body } = parsed
  let hop: Hop = { method, url: url.url, body, headers: { ...parsed.headers }, redirected: false }
  let total = 0
  let sent: WireResponse['sent'] | undefined
  for (let followed = 0; ; followed++) {
    const cookies = carried(parsed, hop.url)
    delete hop.headers.Cookie
    const line = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    if (line !== '') hop.headers.Cookie = line
    sent ??= { method: hop.method, url: hop.url, headers: { ...hop.headers }, body: hop.body ?? '', cookies }
    const canned = answer(core, parsed, hop, cookies, tags, core.clock.now() + total)
    const failure = cannedFailure(canned, hop.url, parsed.timeout - total)
    const duration = failure?.duration ?? canned.duration ?? 10
    total += duration
    const status = failure === undefined ? (canned.status ?? 200) : 0
    const code = failure?.code ?? (status >= 400 ? 1000 + status : 0)
    const ended = { url: hop.url, method: hop.method, status, code, error: failure?.error, duration }
    measure(core, parsed, ended, tags, total)
    const result = { url: hop.url, duration, total, sent, status, code }
    if (failure !== undefined) {
      return { ...result, statusText: '', headers: {}, cookies: [], body: undefined, error: failure.error }
    }
    const cookiesSet = cookiesOf(canned)
    parsed.jar.store(hop.url, cookiesSet)
    const headers = cannedHeaders(canned)
    const next = followRedirect(hop, status, headers.Location)
    if (next === undefined || followed >= parsed.redirects) {
      if (next !== undefined && !parsed.redirectsSet) {
        warn(
          core,
          `Stopped after ${followed + 1} redirects and returned the redirection; pass { redirects: n } ` +
            'in request params or set global maxRedirects to silence this',
        )
      }
      const statusText = `${status} ${STATUS_CODES[status] ?? ''}`.trim()
      return { ...result, statusText, headers, cookies: cookiesSet, body: canned.body, error: '' }
    }
    hop = next
  }
}

function carried(parsed: Parsed, url: string): Parsed['cookies'] {
  const replaced = new Set(parsed.cookies.filter(({ replace }) => replace).map(({ name }) => name))
  const kept = parsed.jar.cookiesFor(url).filter(({ name }) => !replaced.has(name))
  const own = parsed.cookies.map(({ name, value }) => ({ name, value, replace: false }))
  return [...own, ...kept.map((cookie) => ({ ...cookie, replace: false }))]
}

function answer(
  core: Core,
  parsed: Parsed,
  hop: Hop,
  cookies: Parsed['cookies'],
  tags: Record<string, string>,
  time: number,
): CannedResponse {
  if (!/^https?:\/\//i.test(hop.url)) return {}
  const { method, url, body = '', redirected } = hop
  const request = {
    method,
    url,
    body,
    redirected,
    headers: withCredentials(hop),
    cookies: Object.fromEntries(cookies.map((cookie) => [cookie.name, cookie.value])),
    tags: { ...tags },
    metadata: { ...parsed.metadata },
    timeout: parsed.timeout,
    time,
    vu: core.vu.id,
    iteration: core.vu.iteration,
  }
  worked(core)
  core.seen.requests.push(request)
  return core.respond(request) ?? {}
}

function withCredentials({ url, headers }: Hop): Record<string, string> {
  const user = /^https?:\/\/([^/?#@]*)@/i.exec(url)?.[1]
  if (user === undefined || headers.Authorization !== undefined) return { ...headers }
  return { ...headers, Authorization: `Basic ${Buffer.from(decodeURIComponent(user)).toString('base64')}` }
}

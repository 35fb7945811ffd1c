import { parseGoDuration } from '../duration.ts'
import type { Core } from '../core.ts'
import { withTags } from '../tags.ts'
import { encodeBody } from './body.ts'
import { CookieJar } from './cookieJar.ts'
import { canonical } from './headers.ts'
import type { Jar } from './jar.ts'
import { ExpectedStatuses, type Matches } from './expected.ts'
import { readUrl, type NamedUrl } from './url.ts'

/** A request that k6 accepted and would send. */
export interface Parsed {
  method: string
  url: NamedUrl
  headers: Record<string, string>
  body: string | undefined
  tags: Record<string, string>
  metadata: Record<string, string>
  cookies: { name: string; value: string; replace: boolean }[]
  jar: Jar
  expected: Matches | null
  responseType: 'text' | 'binary' | 'none'
  redirects: number
  /** Whether stopping at that many redirects is the script's wish, so no warning. */
  redirectsSet: boolean
  timeout: number
  throws: boolean
}

/** Why k6 does not even send a request. */
export class Refused {
  readonly sentence: string
  readonly code: number
  constructor(sentence: string, code = 0) {
    this.sentence = sentence
    this.code = code
  }
}

/** Reads the arguments of a request as k6 does: what it ignores is ignored, what it refuses is said. */
export function parseRequest(
  core: Core,
  method: string,
  to: unknown,
  body: unknown,
  params: unknown,
): Parsed | Refused {
  const url = readUrl(to)
  if (typeof url === 'string') return new Refused(url, 1020)
  const encoded = encodeBody(body)
  if (typeof encoded === 'string') return new Refused(encoded)
  const { options, vu } = core
  const { maxRedirects, userAgent } = options
  const parsed: Parsed = {
    method,
    url,
    headers: {},
    body: encoded?.text,
    tags: vu.tags.all(),
    metadata: vu.metadata.all(),
    cookies: [],
    jar: vu.jar,
    expected: vu.expected,
    responseType: options.discardResponseBodies === true ? 'none' : 'text',
    redirects: typeof maxRedirects === 'number' ? maxRedirects : 10,
    redirectsSet: typeof maxRedirects === 'number',
    timeout: 60_000,
    throws: options.throw === true,
  }
  if (encoded?.contentType !== undefined) parsed.headers['Content-Type'] = encoded.contentType
  parsed.headers['User-Agent'] = typeof userAgent === 'string' ? userAgent : 'Grafana k6/2.2.0'
  if (typeof params !== 'object' || params === null) return parsed
  for (const [key, value] of Object.entries(params)) {
    const refused = readParam(parsed, key, value)
    if (refused !== undefined) return new Refused(refused)
  }
  return parsed
}

const entries = (value: unknown) => Object.entries(value ?? {}) as [string, unknown][]

function readParam(parsed: Parsed, key: string, value: unknown): string | undefined {
  switch (key) {
    case 'headers':
      for (const [name, header] of entries(value)) parsed.headers[canonical(name)] = String(header)
      return undefined
    case 'tags': {
      const merged = withTags(parsed.tags, value)
      if ('refused' in merged) return `invalid HTTP request metric tags: ${merged.refused}`
      parsed.tags = merged.tags
      return undefined
    }
    case 'cookies':
      for (const [name, cookie] of entries(value)) {
        if (cookie === undefined || cookie === null) continue
        const { value: text = '', replace = false } = (
          typeof cookie === 'object' ? cookie : { value: cookie }
        ) as { value?: unknown; replace?: unknown }
        parsed.cookies.push({ name, value: String(text), replace: Boolean(replace) })
      }
      return undefined
    case 'jar':
      parsed.jar = CookieJar.jarOf(value) ?? parsed.jar
      return undefined
    case 'redirects':
      parsed.redirects = Math.trunc(Number(value)) || 0
      parsed.redirectsSet = true
      return undefined
    case 'timeout': {
      const timeout = parseGoDuration(value)
      if (timeout === undefined)
        return `invalid timeout value: time: invalid duration ${JSON.stringify(value)}`
      parsed.timeout = timeout
      return undefined
    }
    case 'throw':
      parsed.throws = Boolean(value)
      return undefined
    case 'responseType':
      if (value !== 'text' && value !== 'binary' && value !== 'none') {
        return `${String(value)} does not belong to ResponseType values`
      }
      parsed.responseType = value
      return undefined
    case 'responseCallback': {
      const matches = value === null || value === undefined ? null : ExpectedStatuses.matcher(value)
      if (matches === undefined) return 'unsupported responseCallback'
      parsed.expected = matches
      return undefined
    }
    default:
      return undefined
  }
}

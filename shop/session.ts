import { randomUUID } from 'node:crypto'

const MAX_AGE_SECONDS = 172_800
const MAX_CHARACTERS = 128

/** Cookies of a request by name, in the order sent. */
export function cookies(header: string | undefined): [name: string, value: string][] {
  if (header === undefined) return []
  return header.split(';').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    return at < 0 || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) ? [] : [[name, unquoted(pair.slice(at + 1).trim())]]
  })
}

const unquoted = (value: string): string => /^"(.*)"$/.exec(value)?.[1] ?? value

/** A `Set-Cookie` of the shop: two days, no Path, so the client scopes it to the folder of the URL. */
export const setCookie = (name: string, value: string): string =>
  `${name}=${value}; Max-Age=${MAX_AGE_SECONDS}`

/** A `Set-Cookie` that ends a cookie. */
export const expireCookie = (name: string): string =>
  `${name}=; Expires=Thu, 01 Jan 1970 00:00:01 GMT; Max-Age=0`

/** Who is asking: `fresh` when the request brought no session (or one too long to keep). */
export interface Visitor {
  readonly session: string
  readonly fresh: boolean
  /** As the cookie has it, valid or not; `USD` without one. */
  readonly currency: string
}

/** Reads the visitor from the `Cookie` header; without a session it is given one. */
export function visitorOf(header: string | undefined): Visitor {
  const sent = header ?? ''
  const session = valueOf(sent, 'shop_session-id')
  const known = session !== undefined && session !== '' && session.length <= MAX_CHARACTERS
  return {
    session: known ? session : randomUUID(),
    fresh: !known,
    currency: valueOf(sent, 'shop_currency') ?? 'USD',
  }
}

function valueOf(header: string, name: string): string | undefined {
  if (!header.includes(name)) return undefined
  return cookies(header).find(([each]) => each === name)?.[1]
}

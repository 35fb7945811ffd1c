/** One `Set-Cookie`, as read. */
export interface Cookie {
  name: string
  value: string
  path: string
  domain: string
  /** Seconds; 0 when absent, negative to delete at once, as Go has it. */
  maxAge: number
  /** Milliseconds since the epoch. */
  expires?: number
  secure: boolean
  httpOnly: boolean
}

/** A cookie with nothing but a name and a value. */
export const plainCookie = (name: string, value: string): Cookie => ({
  name,
  value,
  path: '',
  domain: '',
  maxAge: 0,
  secure: false,
  httpOnly: false,
})

/** Reads one `Set-Cookie` header; undefined when it has no name. */
export function parseSetCookie(header: string): Cookie | undefined {
  const [first = '', ...attributes] = header.split(';')
  const equals = first.indexOf('=')
  const name = first.slice(0, equals).trim()
  if (equals < 0 || name === '') return undefined
  const cookie = plainCookie(name, unquote(first.slice(equals + 1).trim()))
  for (const attribute of attributes) {
    const [key = '', ...rest] = attribute.trim().split('=')
    const value = rest.join('=').trim()
    switch (key.trim().toLowerCase()) {
      case 'path':
        cookie.path = value
        break
      case 'domain':
        cookie.domain = value
        break
      case 'secure':
        cookie.secure = true
        break
      case 'httponly':
        cookie.httpOnly = true
        break
      case 'max-age':
        if (/^-?\d+$/.test(value)) cookie.maxAge = Number(value) <= 0 ? -1 : Number(value)
        break
      case 'expires': {
        const time = Date.parse(value)
        if (!Number.isNaN(time)) cookie.expires = time
        break
      }
    }
  }
  return cookie
}

const unquote = (value: string) => (/^".*"$/.test(value) ? value.slice(1, -1) : value)

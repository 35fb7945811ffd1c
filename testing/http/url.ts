import { asText } from '../text.ts'

/** What ``http.url`…` `` gives: the URL, and the name that its samples carry. */
export class NamedUrl {
  readonly name: string
  readonly url: string
  readonly clean_url: string
  constructor(url: string, name: string) {
    this.url = url
    this.clean_url = cleanUrl(url)
    this.name = name === url ? this.clean_url : name
  }
}

/** Hides credentials, as k6 does in tags. */
export function cleanUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)([^/?#@]*)@/i, (_, scheme: string, user: string) =>
    user.includes(':') ? `${scheme}****:****@` : `${scheme}****@`,
  )
}

/** The template tag `http.url`. */
export function urlTag(parts: readonly string[], ...pieces: unknown[]): NamedUrl {
  const url = parts.map((part, index) => part + (index < pieces.length ? asText(pieces[index]) : '')).join('')
  const name = parts.map((part, index) => part + (index < pieces.length ? '${}' : '')).join('')
  return new NamedUrl(url, name)
}

/** Reads what a script gave as a URL; gives k6's sentence when it is none. */
export function readUrl(value: unknown): NamedUrl | string {
  if (value instanceof NamedUrl) return value
  if (typeof value !== 'string')
    return `invalid URL: '#${value === undefined || value === null ? '<nil>' : asText(value)}'`
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(value)
  if (!absolute || URL.canParse(value)) return new NamedUrl(value, value)
  const bad = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*?([\s<>"])/i.exec(value)?.[1]
  const why = bad === undefined ? 'not a URL' : `invalid character ${JSON.stringify(bad)} in host name`
  return `invalid URL: parse ${JSON.stringify(value)}: ${why}`
}

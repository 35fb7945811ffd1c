import { formDecoded } from '../percent.ts'
import { isRecord, textAt } from '../studio/raw.ts'

/** An address of a collection, taken apart; variables are in it as they were written. */
export interface PostmanAddress {
  /** What stands in front of the path: `{{baseUrl}}`, `https://{{host}}:8080`; empty for none. */
  before: string
  /** Its parts, each without its slash. */
  path: readonly string[]
  query: readonly (readonly [name: string, value: string])[]
  /** Values of `:id` in the path. */
  own: ReadonlyMap<string, string>
}

/** Reads an address; undefined where there is none. */
export function addressIn(url: unknown): PostmanAddress | undefined {
  const raw = typeof url === 'string' ? url : isRecord(url) ? (textAt(url, 'raw') ?? joined(url)) : ''
  const text = raw.trim().replace(/#(?![^{]*\}\}).*$/s, '')
  const [, before = '', path = '', query] =
    /^((?:[a-z][\w+.-]*:\/\/)?[^/?]*)([^?]*)(?:\?(.*))?$/is.exec(text) ?? []
  if (before === '' && path === '') return undefined
  const listed = isRecord(url) && Array.isArray(url.query) ? url.query.filter(isRecord) : undefined
  const own = isRecord(url) && Array.isArray(url.variable) ? url.variable.filter(isRecord) : []
  return {
    before,
    path: path === '' ? [] : path.slice(1).split('/'),
    query:
      listed === undefined
        ? queryIn(query ?? '')
        : listed
            .filter((one) => one.disabled !== true)
            .flatMap((one) => {
              const key = textAt(one, 'key') ?? ''
              return key === '' ? [] : [[key, textAt(one, 'value') ?? ''] as const]
            }),
    own: new Map(
      own.flatMap((one) => {
        const key = textAt(one, 'key') ?? textAt(one, 'id') ?? ''
        return key === '' ? [] : [[key, textAt(one, 'value') ?? ''] as const]
      }),
    ),
  }
}

const list = (value: unknown, between: string): string =>
  typeof value === 'string'
    ? value
    : Array.isArray(value)
      ? value
          .map((part: unknown) => (isRecord(part) ? (textAt(part, 'value') ?? '') : String(part)))
          .join(between)
      : ''

/** An address that only its parts say. */
function joined(url: Readonly<Record<string, unknown>>): string {
  const host = list(url.host, '.')
  const port = textAt(url, 'port') ?? ''
  const path = list(url.path, '/')
  const protocol = textAt(url, 'protocol') ?? ''
  return `${protocol === '' ? '' : `${protocol}://`}${host}${port === '' ? '' : `:${port}`}${path === '' ? '' : `/${path.replace(/^\//, '')}`}`
}

const queryIn = (query: string): [string, string][] =>
  query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=')
      return [formDecoded(name), formDecoded(rest.join('='))]
    })

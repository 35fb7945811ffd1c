import { isAnyArrayBuffer } from 'node:util/types'
import type { Core } from '../core.ts'
import { parseHtml } from '../k6/html.ts'
import { jsonComplaint, lookUp } from './json.ts'
import type { Parsed, Refused } from './params.ts'
import type { WireResponse } from './send.ts'

const methods = ['clickLink', 'html', 'json', 'submitForm']

/** What of a response is the target's word. */
const TELLING = new Set<string | symbol>([
  'body',
  'cookies',
  'error',
  'error_code',
  'headers',
  'status',
  ...methods,
])

/** The response of a request that was sent. */
export function responseOf(core: Core, parsed: Parsed, answer: WireResponse): object {
  const failed = answer.error !== ''
  const headers = Object.entries(answer.sent.headers).map(([name, value]) => [name, [value]] as const)
  const cookies: Record<string, object[]> = {}
  for (const { name, value, domain, path, httpOnly, secure, maxAge, expires } of answer.cookies) {
    const cookie = { name, value, domain, path, http_only: httpOnly, secure, max_age: maxAge }
    ;(cookies[name] ??= []).push({ ...cookie, expires: expires ?? -6795364578871 })
  }
  return hostObject(core, {
    ...blank(core),
    remote_ip: failed ? '' : '127.0.0.1',
    remote_port: failed ? 0 : Number(new URL(answer.url).port || (answer.url.startsWith('https') ? 443 : 80)),
    url: answer.url,
    status: answer.status,
    status_text: answer.statusText,
    proto: failed ? '' : 'HTTP/1.1',
    headers: answer.headers,
    cookies,
    body: failed ? null : encode(core, answer.body, parsed.responseType),
    timings: timings(answer.duration),
    error: answer.error,
    error_code: answer.code,
    request: {
      method: answer.sent.method,
      url: answer.sent.url,
      headers: Object.fromEntries(headers),
      body: answer.sent.body,
      cookies: Object.fromEntries(answer.sent.cookies.map((cookie) => [cookie.name, [cookie]])),
    },
  })
}

/** The response to a request that k6 refused to send; without a refusal, a placeholder of `http.batch`. */
export const refusedResponse = (core: Core, refused?: Refused): object =>
  hostObject(core, { ...blank(core), error: refused?.sentence ?? '', error_code: refused?.code ?? 0 })

const timings = (duration: number) => {
  const none = { blocked: 0, looking_up: 0, connecting: 0, tls_handshaking: 0, sending: 0 }
  return { duration, ...none, waiting: duration, receiving: 0 }
}

const blank = (core: Core): Record<string, unknown> => ({
  remote_ip: '',
  remote_port: 0,
  url: '',
  status: 0,
  status_text: '',
  proto: '',
  headers: {},
  cookies: {},
  body: new core.realm.Array(),
  timings: timings(0),
  tls_version: '',
  tls_cipher_suite: '',
  ocsp: { produced_at: 0, this_update: 0, next_update: 0, revoked_at: 0, revocation_reason: '', status: '' },
  error: '',
  error_code: 0,
  request: null,
})

function encode(core: Core, body: unknown, type: Parsed['responseType']): unknown {
  if (type === 'none') return null
  const raw = ArrayBuffer.isView(body) ? body.buffer : body
  const bytes = isAnyArrayBuffer(raw) ? Buffer.from(raw as ArrayBuffer) : undefined
  const text =
    typeof body === 'string' ? body : (bytes?.toString() ?? (body === undefined ? '' : JSON.stringify(body)))
  if (type === 'text') return text
  return core.realm.Uint8Array.from(bytes ?? Buffer.from(text)).buffer
}

/** Dresses the fields as k6's host object: known fields may be written, nothing added or deleted. */
function hostObject(core: Core, fields: Record<string, unknown>): object {
  const { realm } = core
  const plain = realm.JSON.parse(JSON.stringify({ ...fields, body: null })) as Record<string, unknown>
  plain.body = fields.body
  const absent = (name: string) => () => {
    throw new core.GoError(`response.${name}() is not in the double of k6: read the body instead`)
  }
  const json = (...args: [selector?: unknown]) => {
    if (core.filling !== undefined) return core.filling
    const { body } = plain
    if (body === null) {
      throw new core.GoError(
        "the body is null so we can't transform it to JSON" +
          ' - this likely was because of a request error getting the response',
      )
    }
    const text = typeof body === 'string' ? body : Buffer.from(body as ArrayBuffer).toString()
    let value: unknown
    try {
      value = realm.JSON.parse(text)
    } catch (error) {
      if (args.length > 0) return undefined
      throw new core.GoError(jsonComplaint(text, error))
    }
    return args.length > 0 ? lookUp(value, String(args[0])) : value
  }
  const html = (selector?: unknown): unknown => {
    if (core.filling !== undefined) return core.filling
    const { body } = plain
    if (body === null) throw new core.GoError("the body is null so we can't transform it to HTML")
    const page = parseHtml(
      core,
      typeof body === 'string' ? body : Buffer.from(body as ArrayBuffer).toString(),
    )
    return selector === undefined ? page : (page as { find: (by: unknown) => object }).find(selector)
  }
  Object.assign(plain, {
    clickLink: absent('clickLink'),
    html,
    json,
    submitForm: absent('submitForm'),
  })
  return new Proxy(plain, {
    get: (target, key, receiver) => {
      const value = Reflect.get(target, key, receiver) as unknown
      // A body that is discarded says nothing.
      if (TELLING.has(key) && value !== null) core.seen.answersRead++
      return value
    },
    set: (target, key, value) => {
      if (typeof key === 'symbol' || !Object.hasOwn(target, key) || methods.includes(key)) {
        throw new realm.TypeError(`Cannot assign to property ${String(key)} of a host object`)
      }
      target[key] = value
      return true
    },
    defineProperty: (_, key) => {
      throw new realm.TypeError(`Cannot assign to property ${String(key)} of a host object`)
    },
    deleteProperty: (_, key) => {
      throw new realm.TypeError(`Cannot delete property ${String(key)} from a Go type`)
    },
  })
}

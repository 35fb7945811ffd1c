import type { FileData, Params, RefinedResponse, RequestBody } from 'k6/http'
import { http } from './k6.ts'
import { deferred } from './deferred.ts'
import { named } from './errors.ts'
import { iteration } from './iteration.ts'
import type { TagValue } from './metrics.ts'
import { tagPhase } from './phase.ts'
import { position } from './position.ts'
import { runId } from './run.ts'
import { settings } from './settings.ts'
import { openStep } from './step.ts'
import { baggage, beginTrace, traceparent, type Trace } from './trace.ts'

/** A response whose body is text. */
export type Response = RefinedResponse<'text'>

/** A duration as k6 writes it, such as `10s`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h'}`

/** What a request may say; the rest is k6's own. `name` groups its samples: never a URL with an id in it. */
export interface RequestOptions extends Omit<
  Params,
  'tags' | 'timeout' | 'responseType' | 'responseCallback'
> {
  name: string
  /** Further tags of this request's samples. */
  tags?: Readonly<Record<string, TagValue>>
  /** Milliseconds, or as k6 writes durations; REQUEST_TIMEOUT where not given. */
  timeout?: number | Duration
  /** Statuses that count as expected; 200–399 where not given. */
  expect?: readonly number[]
}

/** A value of a form. */
export type Field = string | number | boolean

/** The body of a request: JSON, a form (urlencoded; multipart where a field is a file of k6's `http.file`; a list repeats its field), or bytes and text as they are. */
export type Body =
  | { json: unknown; form?: never; body?: never }
  | { form: Readonly<Record<string, Field | readonly string[] | FileData>>; json?: never; body?: never }
  | { body: string | ArrayBuffer; json?: never; form?: never }
  | { json?: never; form?: never; body?: never }

/** One request of a batch. */
export type BatchRequest = RequestOptions & Body & { method: string; path: string }

/** Requests to one target. Paths are appended to its URL; absolute URLs are taken as they are. */
export interface Client {
  get(path: string, options: RequestOptions): Response
  head(path: string, options: RequestOptions): Response
  options(path: string, options: RequestOptions): Response
  post(path: string, options: RequestOptions & Body): Response
  put(path: string, options: RequestOptions & Body): Response
  patch(path: string, options: RequestOptions & Body): Response
  del(path: string, options: RequestOptions & Body): Response
  request(method: string, path: string, options: RequestOptions & Body): Response
  asyncRequest(method: string, path: string, options: RequestOptions & Body): Promise<Response>
  /** Sends requests side by side; responses come in their order. */
  batch(requests: readonly BatchRequest[]): Response[]
}

/** What all requests of a client share. */
export interface ClientOptions {
  headers?: Readonly<Record<string, string>>
  /** `vu`: cookies are kept as long as the VU lives; `iteration` (k6's way): each iteration is a new visitor. */
  session?: 'iteration' | 'vu'
}

/**
 * Makes a client of a target's URL. Every request is named, traced (`traceparent`, `baggage`), tagged with the
 * phase, and bounded by REQUEST_TIMEOUT and, in a single pass, by what is left of TIME_BUDGET.
 */
export const client = (baseUrl: string, { headers, session = 'iteration' }: ClientOptions = {}): Client => {
  let base = baseUrl
  while (base.endsWith('/')) base = base.slice(0, -1)
  // What init makes in VU 0, it makes in the others; what an iteration makes is of its own.
  if (__VU === 0 || iteration) deferred().addTarget(base)
  // A free ngrok tunnel shows its own page instead, to what looks like a browser.
  const common = base.includes('.ngrok') ? { 'ngrok-skip-browser-warning': '1', ...headers } : headers
  const { REQUEST_TIMEOUT } = settings()
  let jar: ReturnType<typeof http.cookieJar> | undefined

  /** What k6 takes for a request; `trace` is shared by those of a batch. */
  const prepare = (
    method: string,
    path: string,
    options: RequestOptions & Body,
    trace: Trace = openStep ?? beginTrace(),
  ) => {
    // Here and below properties are read one by one: k6's engine takes several apart, or loops, far more slowly.
    const name = options.name
    const tags = options.tags
    const timeout = options.timeout ?? REQUEST_TIMEOUT
    const json = options.json
    const form = options.form
    if (!name) throw named(`${method} ${path}: a request needs a name`)
    if (iteration) iteration.request = name
    const headers: Record<string, string> = { ...common, ...(options.headers as object) }
    headers.traceparent = traceparent(trace)
    headers.baggage = baggage(runId(), iteration?.journey, openStep?.name)
    const params: Made['params'] = {
      headers,
      tags: tags ? checkedTags({ ...tags, name }) : { name },
      timeout: position().singlePass ? deferred().timeFor(timeout) : timeout,
      responseType: 'text',
      throw: false,
      redirects: 0,
    }
    if (options.auth) params.auth = options.auth
    if (options.compression) params.compression = options.compression
    if (options.cookies) params.cookies = options.cookies
    if (options.jar) params.jar = options.jar
    else if (session === 'vu') params.jar = jar ??= new http.CookieJar()
    if (options.expect) params.responseCallback = http.expectedStatuses(...options.expect)

    let url = base + path
    if (ODD.test(path)) {
      deferred().checkUrl(method, path)
      url = path
    }
    let body: RequestBody | null = options.body ?? null
    if (json !== undefined) {
      body = JSON.stringify(json)
      if (!`,${Object.keys(headers).join()},`.toLowerCase().includes(',content-type,'))
        headers['Content-Type'] = 'application/json'
    } else if (form) {
      const fields: Record<string, unknown> = {}
      for (const field of Object.keys(form)) {
        const value = form[field]
        fields[field] = typeof value === 'object' ? value : String(value)
      }
      body = fields as RequestBody
    }
    const end =
      globalThis.LOADWRIGHT_SPANS !== false &&
      trace.spans &&
      deferred().beginRequest(trace, method, url, name, headers.traceparent)
    return { method, url, body, params, end }
  }

  const request = (method: string, path: string, options: RequestOptions & Body): Response => {
    tagPhase()
    const made = prepare(method, path, options)
    return seen(http.request(method, made.url, made.body, made.params), options, made)
  }

  const by =
    (method: string) =>
    (path: string, options: RequestOptions & Body): Response =>
      request(method, path, options)

  return {
    get: by('GET'),
    head: by('HEAD'),
    options: by('OPTIONS'),
    post: by('POST'),
    put: by('PUT'),
    patch: by('PATCH'),
    del: by('DELETE'),
    request,
    async asyncRequest(method, path, options) {
      tagPhase()
      const made = prepare(method, path, options)
      const response = await http.asyncRequest(method, made.url, made.body, made.params)
      return seen(response, options, made)
    },
    batch(requests) {
      tagPhase()
      const trace = openStep ?? beginTrace()
      const prepared = requests.map((options) => prepare(options.method, options.path, options, trace))
      const responses = http.batch(prepared as never) as unknown as Response[]
      return requests.map((options, index) =>
        seen(responses[index] as Response, options, prepared[index] as Made),
      )
    },
  }
}

/** Where a value that was not there has become part of a path, or what is no path at all. */
export const ODD = /^[^/?]|[/=](?:undefined|null|NaN)(?![^/?&#])|object(?: |%20)Object/

/** A request as k6 takes it, and what ends its span where there is one. */
export interface Made {
  method: string
  url: string
  body: RequestBody | null
  params: Params & { headers: Record<string, string>; throw: boolean }
  end: ReturnType<ReturnType<typeof deferred>['beginRequest']> | false | undefined
}

/** Follows a redirect, and reports a response that was not expected. */
const seen = (first: Response, options: RequestOptions, made: Made): Response => {
  const end = made.end
  let response = first
  if (response.status > 300 && response.status < 309 && options.redirects !== 0)
    response = deferred().follow(response, made, options.name, options.redirects)
  const status = response.status
  const expect = options.expect
  const expected = expect ? expect.includes(status) : status >= 200 && status < 400
  if (!expected) deferred().failRequest(response, options.name)
  if (globalThis.LOADWRIGHT_SPANS !== false && end) end(response, expected)
  return response
}

/** k6 sends no request at all where a tag is undefined: refuse it with the tag's name instead. */
const checkedTags = (tags: Record<string, TagValue>): Record<string, string> => {
  for (const tag of Object.keys(tags)) {
    const value: unknown = tags[tag]
    if (value === undefined || typeof value === 'object')
      throw named(`tag "${tag}" must be a text, number or boolean`)
  }
  return tags as Record<string, string>
}

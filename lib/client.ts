import http, { type Params, type RefinedResponse } from 'k6/http'
import { hostProblems, parseDuration, reading, sentence, settings } from '../config/index.ts'
import { timeFor } from './budget.ts'
import { UsageError } from './errors.ts'
import { fail } from './event.ts'
import { iteration } from './iteration.ts'
import { tunnelErrors, type TagValue } from './metrics.ts'
import { tagPhase } from './phase.ts'
import { runId } from './run.ts'
import { openStep } from './step.ts'
import { baggage, newTrace, traceparent, type Trace } from './trace.ts'
import { tunnelError } from './tunnel.ts'

/** A response whose body is text. */
export type Response = RefinedResponse<'text'>

/** What a request may say; the rest is k6's own. `name` groups its samples: never a URL with an id in it. */
export interface RequestOptions extends Omit<
  Params,
  'tags' | 'timeout' | 'responseType' | 'responseCallback'
> {
  name: string
  /** Further tags of this request's samples. */
  tags?: Readonly<Record<string, TagValue>>
  /** Milliseconds, or as k6 writes durations; REQUEST_TIMEOUT where not given. */
  timeout?: number | string
  /** Statuses that count as expected; 200–399 where not given. */
  expect?: readonly number[]
}

/** The body of a request: JSON, an urlencoded form, or bytes and text as they are. */
export type Body =
  | { json: unknown; form?: never; body?: never }
  | { form: Readonly<Record<string, string | number | boolean>>; json?: never; body?: never }
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

const targets = new Set<string>()

/** The base URLs of every client that was made: what must answer before load starts. */
export function clientTargets(): readonly string[] {
  return [...targets]
}

/**
 * Makes a client of a target's URL. Every request is named, traced (`traceparent`, `baggage`), tagged with the
 * phase, and bounded by REQUEST_TIMEOUT and, in a single pass, by what is left of TIME_BUDGET.
 */
export function client(
  baseUrl: string,
  { headers: common, session = 'iteration' }: ClientOptions = {},
): Client {
  const base = baseUrl.replace(/\/+$/, '')
  allow(base)
  targets.add(base)
  const { REQUEST_TIMEOUT } = settings()
  let jar: ReturnType<typeof http.cookieJar> | undefined

  const paramsOf = (method: string, path: string, options: RequestOptions & Body, trace: Trace): Params => {
    const { name, tags, timeout, expect } = options
    if (!name) throw new UsageError(`${method} ${path}: a request needs a name, such as { name: 'product' }`)
    const headers: Record<string, string> =
      common || options.headers ? { ...common, ...(options.headers as object) } : {}
    headers.traceparent = traceparent(trace)
    headers.baggage = baggage(runId(), iteration()?.journey, openStep()?.name)
    if (options.json !== undefined && !hasContentType(headers)) headers['Content-Type'] = 'application/json'
    const params: Params & { throw: boolean } = {
      headers,
      tags: tags === undefined ? { name } : checkedTags({ ...tags, name }),
      timeout: timeFor(timeout === undefined ? REQUEST_TIMEOUT : milliseconds(timeout)),
      responseType: 'text',
      throw: false,
    }
    // One by one: a loop over their names costs more than the rest of this function.
    if (options.redirects !== undefined) params.redirects = options.redirects
    if (options.auth !== undefined) params.auth = options.auth
    if (options.compression !== undefined) params.compression = options.compression
    if (options.cookies !== undefined) params.cookies = options.cookies
    if (options.jar !== undefined) params.jar = options.jar
    else if (session === 'vu') params.jar = jar ??= new http.CookieJar()
    if (expect !== undefined) params.responseCallback = http.expectedStatuses(...expect)
    return params
  }

  const request = (method: string, path: string, options: RequestOptions & Body): Response => {
    tagPhase()
    const params = paramsOf(method, path, options, openStep() ?? newTrace())
    return seen(http.request(method, urlOf(base, method, path), bodyOf(options), params), options)
  }

  return {
    get: (path, options) => request('GET', path, options),
    head: (path, options) => request('HEAD', path, options),
    options: (path, options) => request('OPTIONS', path, options),
    post: (path, options) => request('POST', path, options),
    put: (path, options) => request('PUT', path, options),
    patch: (path, options) => request('PATCH', path, options),
    del: (path, options) => request('DELETE', path, options),
    request,
    async asyncRequest(method, path, options) {
      tagPhase()
      const params = paramsOf(method, path, options, openStep() ?? newTrace())
      return seen(
        await http.asyncRequest(method, urlOf(base, method, path), bodyOf(options), params),
        options,
      )
    },
    batch(requests) {
      tagPhase()
      const trace = openStep() ?? newTrace()
      const prepared = requests.map((options) => {
        const { method, path } = options
        const params = paramsOf(method, path, options, trace)
        return [method, urlOf(base, method, path), bodyOf(options), params]
      })
      const responses = http.batch(prepared as never) as unknown as Response[]
      return requests.map((options, index) => seen(responses[index] as Response, options))
    },
  }
}

const allowed = new Set<string>()

/** Throws UsageError for a host that the environment does not list. */
function allow(url: string): void {
  const origin = /^https?:\/\/[^/?#]*/.exec(url)?.[0] ?? url
  if (allowed.has(origin)) return
  const { environment, settings } = reading()
  const [problem] = environment ? hostProblems('client', origin, environment, settings.ENVIRONMENT) : []
  if (problem) throw new UsageError(sentence(problem))
  allowed.add(origin)
}

function urlOf(base: string, method: string, path: string): string {
  const first = path[0]
  if (first === '/' || first === '?' || first === undefined) return base + path
  if (!/^https?:\/\//.test(path)) throw new UsageError(`${method} ${path}: a path begins with "/"`)
  allow(path)
  return path
}

/** Reports a response that was not expected, and counts one that the tunnel made. */
function seen(response: Response, { name, expect }: RequestOptions): Response {
  const { status } = response
  if (expect ? expect.includes(status) : status >= 200 && status < 400) return response
  if (status === 0 && response.error.includes('context canceled')) {
    const running = iteration()
    if (running) running.cut = true
    return response
  }
  const tunnel = tunnelError(response)
  if (tunnel !== undefined) tunnelErrors.add(1)
  fail({
    kind: 'request',
    what: name,
    status,
    ...(tunnel !== undefined
      ? { got: tunnel, origin: 'tunnel' as const }
      : status === 0
        ? { got: response.error.slice(0, 200) }
        : {}),
  })
  return response
}

const hasContentType = (headers: Record<string, string>): boolean =>
  Object.keys(headers).some((header) => header.toLowerCase() === 'content-type')

function bodyOf({ json, form, body }: Body): string | ArrayBuffer | Record<string, string> | null {
  if (json !== undefined) return JSON.stringify(json)
  return form === undefined ? (body ?? null) : formOf(form)
}

function milliseconds(timeout: number | string): number {
  const parsed = typeof timeout === 'number' ? timeout : parseDuration(timeout)
  if (parsed === undefined)
    throw new UsageError(`a request's timeout is a duration such as 10s: got "${timeout}"`)
  return parsed
}

function formOf(form: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(form).map(([field, value]) => [field, String(value)]))
}

/** k6 sends no request at all where a tag is undefined: refuse it with the tag's name instead. */
function checkedTags(tags: Record<string, TagValue>): Record<string, string> {
  for (const [tag, value] of Object.entries(tags as Record<string, unknown>))
    if (value === undefined || value === null || typeof value === 'object')
      throw new UsageError(`tag "${tag}" must be a text, number or boolean: got ${typeof value}`)
  return tags as Record<string, string>
}

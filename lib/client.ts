import type { CookieJar, Params, RequestBody, ResponseType } from 'k6/http'
import { beginTrace } from './beginTrace.ts'
import { currentScenario } from './currentScenario.ts'
import { deferred } from './deferred/index.ts'
import { errorNamed } from './errors.ts'
import { iteration } from './iteration.ts'
import { http } from './k6.ts'
import { openStep } from './openStep.ts'
import type { AnyResponse } from './predicates.ts'
import type { ReadFailed } from './readFailed.ts'
import type {
  BatchRequest,
  Body,
  Client,
  ClientOptions,
  Headers,
  Made,
  RequestOptions,
  Response,
} from './request.ts'
import { runId } from './run.ts'
import { settings } from './settings.ts'
import { tagPhase } from './followPhase.ts'
import { baggage, traceparent, type Trace } from './trace.ts'

/**
 * Makes a client of a target's URL. Every request is named, traced (`traceparent`, `baggage`), tagged with the
 * phase, and bounded by REQUEST_TIMEOUT and, in a single pass, by what is left of TIME_BUDGET.
 */
export const client = <Default extends ResponseType = 'text'>(
  baseUrl: string,
  options: ClientOptions<Default> = {},
): Client<Default> => {
  let base = baseUrl
  while (base.endsWith('/')) base = base.slice(0, -1)
  // What init makes in VU 0, it makes in the others; what an iteration makes is of its own.
  if (__VU === 0 || iteration) deferred().addTarget(base, options.preflight)
  // A free ngrok tunnel shows its own page instead, to what looks like a browser.
  const common = base.includes('.ngrok') ? { 'ngrok-skip-browser-warning': '1' } : {}
  const jar = options.session === 'vu' ? new http.CookieJar() : undefined
  return over(base, [common, options.headers], options.responseType, jar) as unknown as Client<Default>
}

/** What any request may say; that a response is one of text is said inside alone, where nobody looks at its body. */
type Any = RequestOptions<ResponseType> & Body & Door

/** What a door says of a request beside: what of its response is told, and k6's callback where it judges statuses itself. */
interface Door {
  failed?: ReadFailed
  passes?: Params['responseCallback']
}

/** The client of a target, with headers of which the later ones win. */
const over = (
  base: string,
  given: readonly ClientOptions['headers'][],
  responseType: ResponseType | undefined,
  jar: CookieJar | undefined,
): Client => {
  const { REQUEST_TIMEOUT } = settings()
  const lazy = given.some((one) => typeof one === 'function')
  const common = lazy ? undefined : headersOf(given)

  /** What k6 takes for a request; `trace` is shared by those of a batch. */
  const prepare = (method: string, path: string, options: Any, trace: Trace = openStep ?? beginTrace()) => {
    // Here and below properties are read one by one: k6's engine takes several apart, or loops, far more slowly.
    const name = options.name
    const tags = options.tags
    const timeout = options.timeout ?? REQUEST_TIMEOUT
    const json = options.json
    const form = options.form
    if (!name) throw errorNamed(`${method} ${path}: a request needs a name`)
    if (tags)
      for (const tag of Object.keys(tags)) {
        // k6 sends no request at all where a tag is undefined.
        const value: unknown = tags[tag]
        if (value === undefined || typeof value === 'object')
          throw errorNamed(`tag "${tag}" must be a text, number or boolean`)
      }
    if (iteration) iteration.request = name
    // Of two headers of one name, however it is written, k6 sends the later one: the author's.
    const headers: Record<string, string> = {
      traceparent: traceparent(trace),
      baggage: baggage(runId(), iteration?.journey, openStep?.name),
      ...(common ?? headersOf(given)),
      ...(options.headers as object),
    }
    const params: Made['params'] = {
      headers,
      tags: tags ? { ...tags, name } : { name },
      timeout: currentScenario().singlePass ? deferred().timeFor(timeout) : timeout,
      throw: false,
      redirects: 0,
    }
    if (options.auth) params.auth = options.auth
    if (options.compression) params.compression = options.compression
    if (options.cookies) params.cookies = options.cookies
    if (options.jar) params.jar = options.jar
    else if (jar) params.jar = jar
    const type = options.responseType ?? responseType
    if (type) params.responseType = type
    const callback = options.passes ?? (options.expect && http.expectedStatuses(...options.expect))
    if (callback) params.responseCallback = callback

    const url = isOdd(path) ? deferred().urlOf(method, base, path) : base + path
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
    const made: Made = { method, url, body, params }
    if (globalThis.LOADWRIGHT_SPANS !== false && trace.spans)
      made.end = deferred().beginRequest(trace, method, url, name, headers.traceparent as string)
    return made
  }

  const request = (method: string, path: string, options: Any): Response => {
    tagPhase()
    const made = prepare(method, path, options)
    return seen(http.request(method, made.url, made.body, made.params), options, made)
  }

  const by =
    (method: string) =>
    (path: string, options: Any): Response =>
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
    async asyncRequest(method: string, path: string, options: Any) {
      tagPhase()
      const made = prepare(method, path, options)
      return seen(await http.asyncRequest(method, made.url, made.body, made.params), options, made)
    },
    batch(requests: readonly BatchRequest<ResponseType>[]) {
      tagPhase()
      const trace = openStep ?? beginTrace()
      const prepared = requests.map((options) => prepare(options.method, options.path, options, trace))
      const responses = http.batch(prepared as never) as unknown as AnyResponse[]
      return requests.map((options, index) =>
        seen(responses[index] as AnyResponse, options, prepared[index] as Made),
      )
    },
    with: ({ headers }: Pick<ClientOptions, 'headers'>) => over(base, [...given, headers], responseType, jar),
    jar: () => jar ?? http.cookieJar(),
  } as unknown as Client
}

/** Headers of several, of which the later ones win; those of a function as they are now. */
const headersOf = (given: readonly ClientOptions['headers'][]): Headers =>
  Object.assign({}, ...given.map((one) => (typeof one === 'function' ? one() : one))) as Headers

/** What may be no path, or have a value in it that was not there. No regular expression: the first one takes 15 KB of each VU. */
const isOdd = (path: string): boolean =>
  !'/?'.includes(path.charAt(0)) ||
  path.includes('undefined') ||
  path.includes('null') ||
  path.includes('NaN') ||
  path.includes('Object')

/** Follows a redirect, and reports a response that was not expected. */
const seen = (first: AnyResponse, options: Any, made: Made): Response => {
  let response = first
  if (response.status > 300 && response.status < 309 && options.redirects !== 0)
    response = deferred().follow(response, made, options.name, options.redirects)
  const status = response.status
  const expect = options.expect
  const expected = expect ? expect.includes(status) : status >= 200 && status < 400
  const failed = expected ? undefined : options.failed ? options.failed(response) : response
  if (failed) deferred().failRequest(failed, options.name)
  if (globalThis.LOADWRIGHT_SPANS !== false) made.end?.(response, !failed)
  return response as Response
}

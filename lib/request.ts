import type { JSONValue } from 'k6'
import type { CookieJar, FileData, Params, RefinedResponse, RequestBody, ResponseType } from 'k6/http'
import type { AnyResponse } from './predicates.ts'
import type { TagValue } from './vu.ts'

/** A response of k6, whose body is text where nothing else was asked for. */
export interface Response<Type extends ResponseType = 'text'> extends RefinedResponse<Type> {
  /** Its body, or what a selector of k6's (https://github.com/tidwall/gjson) finds in it, taken to be a `T`. Throws where it is no JSON. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- authors name the type of what they get
  json<T = JSONValue>(selector?: string): T
}

/** A duration as k6 writes it, such as `10s` or `1m30s`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h'}` | `${number}m${number}s` | `${number}h${number}m`

/** What a request may say; the rest is k6's own. `name` groups its samples: never a URL with an id in it. */
export interface RequestOptions<Type extends ResponseType = 'text'> extends Omit<
  Params,
  'tags' | 'timeout' | 'responseType' | 'responseCallback'
> {
  name: string
  /** What becomes of the body: `text`, `binary` (an ArrayBuffer), `none` (null: k6 throws it away); the client's where not given. */
  responseType?: Type
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
export type BatchRequest<Type extends ResponseType = 'text'> = RequestOptions<Type> &
  Body & { method: string; path: string }

/** Requests to one target. Paths are appended to its URL; absolute URLs are taken as they are. */
export interface Client<Default extends ResponseType = 'text'> {
  get: Send<Default>
  head: Send<Default>
  options: Send<Default>
  post: Send<Default, Body>
  put: Send<Default, Body>
  patch: Send<Default, Body>
  del: Send<Default, Body>
  request<Type extends ResponseType = Default>(
    method: string,
    path: string,
    options: RequestOptions<Type> & Body,
  ): Response<Type>
  asyncRequest<Type extends ResponseType = Default>(
    method: string,
    path: string,
    options: RequestOptions<Type> & Body,
  ): Promise<Response<Type>>
  /** Sends requests side by side; responses come in their order, one for each. */
  batch<const Requests extends readonly BatchRequest<ResponseType>[]>(
    requests: Requests,
  ): { -readonly [Key in keyof Requests]: Response<TypeIn<Requests[Key], Default>> }
  /** The same client, its cookies included, with further headers: `api.with({ headers: { Authorization } })`. */
  with(more: Pick<ClientOptions, 'headers'>): Client<Default>
  /** k6's cookie jar that its requests use in this iteration, to read cookies and to set them. */
  jar(): CookieJar
}

/** The type of the body of one request of a batch. */
type TypeIn<Request, Default extends ResponseType> = Request extends { responseType?: infer Type }
  ? Type extends ResponseType
    ? Type
    : Default
  : Default

/** Sends one request; `More` is what it may carry. */
type Send<Default extends ResponseType, More = unknown> = <Type extends ResponseType = Default>(
  path: string,
  options: RequestOptions<Type> & More,
) => Response<Type>

/** Headers by name. */
export type Headers = Readonly<Record<string, string>>

/** What all requests of a client share. */
export interface ClientOptions<Default extends ResponseType = 'text'> {
  /** Headers of every request; a function is asked for them before each request, by the VU that sends it. */
  headers?: Headers | (() => Headers)
  /** `vu`: cookies are kept as long as the VU lives; `iteration` (k6's way): each iteration is a new visitor. */
  session?: 'iteration' | 'vu'
  /** The path that setup asks once, to see that the target is there: `/` where not given. One that needs no session. */
  preflight?: string
  /** What becomes of bodies; k6's way where not given: text, or none with `discardResponseBodies`. */
  responseType?: Default
}

/** A request as k6 takes it, and what ends its span where there is one. */
export interface Made {
  method: string
  url: string
  body: RequestBody | null
  params: Params & { headers: Record<string, string>; throw: boolean }
  end?: (response: AnyResponse, expected: boolean) => void
}

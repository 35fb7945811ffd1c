import { delay, parseJson } from '../../base/index.ts'
import {
  askedMs,
  redactLine,
  request,
  type HttpRequest,
  type HttpResponse,
  type NoAnswer,
  type Retry,
} from '../../base/http/index.ts'
import type { Grafana } from './grafana.ts'

/** How patient calls are: 5 s for each, and 3 tries of one that changes nothing when it is made twice, unless told. */
export interface AnnotationPatience extends Pick<HttpRequest, 'timeoutMs' | 'signal'>, Partial<Retry> {
  /** Milliseconds for all calls together; 20 s unless told. */
  readonly budgetMs?: number
}

/** What a call gave: its status (0 where nobody answered) and body, or what it said of a refusal in one line. */
export type GrafanaAnswer =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  | { readonly ok: false; readonly status: number; readonly said: string; readonly pause: number }

/** Calls Grafana's API and waits, in all bounded; never throws. */
export interface Api {
  (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<GrafanaAnswer>
  /** Waits before a call is made again, no longer than there is time. */
  readonly rest: (milliseconds: number) => Promise<void>
  /** Whether the time is up. */
  readonly over: () => boolean
}

/** The longest pause that a Retry-After is granted, in milliseconds. */
const MAX_PAUSE_MS = 10_000

/** Calls of a Grafana. Only a POST is never made twice: its answer may be lost, and what it made be there. */
export function api(grafana: Grafana, patience: AnnotationPatience = {}): Api {
  const {
    timeoutMs = 5_000,
    tries = 3,
    firstMs = 500,
    mostMs = MAX_PAUSE_MS,
    budgetMs = 20_000,
    signal,
  } = patience
  const limits = [AbortSignal.timeout(budgetMs), ...(signal ? [signal] : [])]
  const end = AbortSignal.any(limits)
  const secrets = grafana.token === undefined ? [] : [grafana.token]

  const call = async (...[method, path, body]: Parameters<Api>): Promise<GrafanaAnswer> => {
    try {
      const answer = await request(grafana.url + path, {
        method,
        timeoutMs,
        secrets,
        signal: end,
        mostBytes: Infinity,
        headers: headersOf(grafana, body),
        ...(body !== undefined && { body: JSON.stringify(body) }),
        retry: { tries: method === 'POST' ? 1 : tries, firstMs, mostMs },
      })
      const meaning = meaningOf(answer)
      if (meaning.ok) return meaning
      const asked = Math.min(askedMs(answer) ?? firstMs, mostMs)
      return { ...meaning, said: redactLine(meaning.said, secrets), pause: asked }
    } catch {
      return { ok: false, status: 0, said: 'there was no more time', pause: firstMs }
    }
  }
  return Object.assign(call, {
    rest: (milliseconds: number) => delay(milliseconds, end).catch(() => undefined),
    over: () => end.aborted,
  })
}

function meaningOf(
  answer: HttpResponse | NoAnswer,
): Extract<GrafanaAnswer, { ok: true }> | { ok: false; status: number; said: string } {
  const { status } = answer
  if ('reason' in answer) return { ok: false, status, said: answer.reason }
  // A redirect is a wrong address: it would make a GET of a POST.
  if (status >= 300 && status < 400)
    return { ok: false, status, said: `leads elsewhere (${answer.headers.location ?? 'nowhere'})` }
  if (status >= 400) return { ok: false, status, said: said(answer.text) }
  const body = parseJson(answer.text)
  return body === undefined
    ? { ok: false, status, said: 'answers with what is no JSON' }
    : { ok: true, status, body }
}

function headersOf({ token, org }: Grafana, body: unknown): Record<string, string> {
  return {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(org === undefined ? {} : { 'x-grafana-org-id': org }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
}

/** Grafana's errors are `{ message }`. */
function said(text: string): string {
  const { message } = (parseJson(text) ?? {}) as { message?: unknown }
  return typeof message === 'string' && message !== '' ? message : text
}

import { defined, parseJson, UserError } from '../../base/index.ts'
import {
  redactLine,
  request,
  type HttpRequest,
  type HttpResponse,
  type Retry,
} from '../../base/http/index.ts'
import type { MonitorAccess } from './access.ts'
import type { ApiRefusal } from './refusal.ts'

/** How patient calls are: 30 s for each try, and as often as {@link RETRY} says, unless told. */
export type ApiPatience = Pick<HttpRequest, 'timeoutMs' | 'signal'> & Partial<Retry>

/** Tries of a call, and the pauses between them. */
export const RETRY: Retry = { tries: 4, firstMs: 500, mostMs: 30_000 }

/** What a call gave: a body, or the refusal of it. */
export type ApiAnswer = { body: unknown } | { refusal: ApiRefusal }

/** Calls the API and waits, in all bounded. */
export type ApiCall = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  once?: boolean,
) => Promise<ApiAnswer>

/**
 * Calls of the API under `/api/v1`. 429, 5xx and silence are tried again, but for a call that may be made only `once`.
 * Throws UserError if the address is wrong or there is no answer; what the API refuses is returned. No text that leaves
 * here holds the token.
 */
export function caller({ url, token }: MonitorAccess, patience: ApiPatience = {}): ApiCall {
  const { timeoutMs, signal, ...told } = patience
  const retry = { ...RETRY, ...told }
  const secrets = [token]
  return async (method, path, body, once = false) => {
    const answer = await request(`${url}/api/v1${path}`, {
      method,
      secrets,
      mostBytes: Infinity,
      ...defined({ timeoutMs, signal, body: body === undefined ? undefined : JSON.stringify(body) }),
      retry: once ? { ...retry, tries: 1 } : retry,
      headers: {
        authorization: `Bearer ${token}`,
        'x-client-id': 'loadwright',
        ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
      },
    })
    const times = answer.tries === 1 ? '' : `, tried ${answer.tries} times`
    if ('reason' in answer) return { refusal: { status: 0, said: `${answer.reason}${times}` } }
    return answerOf(answer, `${method} ${url}/api/v1${path}`, times, (text) => redactLine(text, secrets))
  }
}

function answerOf(
  { status, headers, text }: HttpResponse,
  call: string,
  times: string,
  hidden: (text: string) => string,
): ApiAnswer {
  if (status >= 300 && status < 400)
    throw new UserError(
      `${call} leads elsewhere (${status}, ${hidden(headers.location ?? 'nowhere')}): is GRAFANA_SM_URL the API's address?`,
    )
  if (status >= 400) return { refusal: { status, said: `${hidden(said(text))}${times}` } }
  const body = text.trim() === '' ? null : parseJson(text)
  if (body === undefined)
    throw new UserError(
      `${call} answers ${status} with what is no JSON (${JSON.stringify(hidden(text).slice(0, 60))}): is GRAFANA_SM_URL the API's address?`,
    )
  return { body }
}

/** What an error's `{code, msg, err}` says, or whatever else came. */
function said(text: string): string {
  const { msg, err } = (parseJson(text) ?? {}) as { msg?: unknown; err?: unknown }
  const words = [msg, err].filter((part) => typeof part === 'string' && part !== '')
  return words.join(': ') || text
}

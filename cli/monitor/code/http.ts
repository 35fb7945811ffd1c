import { setTimeout as wait } from 'node:timers/promises'
import { clean, jsonOf, retryAfter, silenceOf, UserError } from '../../base/index.ts'
import type { Access } from './access.ts'
import type { Refusal } from './refusal.ts'

/** How patient calls are. */
export interface Patience {
  /** Milliseconds for one try; 30 s unless told. */
  timeout?: number
  /** Tries in all; 4 unless told. */
  tries?: number
  /** Milliseconds before the second try, doubled before each further one; 500 unless told. */
  pause?: number
  /** Ends everything. */
  signal?: AbortSignal
}

/** The longest pause that a Retry-After is granted, in milliseconds. */
const MAX_PAUSE_MS = 30_000

/** What a call gave: a body, or the refusal of it. */
export type Answer = { body: unknown } | { refusal: Refusal }

/** Calls the API and waits, in all bounded. */
export type Call = (method: string, path: string, body?: unknown, once?: boolean) => Promise<Answer>

/**
 * Calls of the API under `/api/v1`. 429, 5xx and silence are tried again, but for a call that may be made only `once`.
 * Throws UserError where the address is wrong or nobody answers; what the API refuses is returned. No text that leaves
 * here holds the token.
 */
export function caller({ url, token }: Access, patience: Patience = {}): Call {
  const { timeout = 30_000, tries = 4, pause = 500, signal } = patience
  const hidden = (text: string): string => clean(text, [token])

  const attempt = async (method: string, path: string, body: unknown): Promise<Response | Error> => {
    try {
      return await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'x-client-id': 'loadwright',
          ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A redirect is a wrong address: it would make a GET of a POST.
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]),
      })
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      return error as Error
    }
  }

  return async (method, path, body, once = false) => {
    for (let tried = 1; ; tried++) {
      const response = await attempt(method, path, body)
      const text = response instanceof Error ? undefined : await textOf(response, signal)
      const last = once || tried === tries
      if (!(response instanceof Error) && text !== undefined && !isPassing(response.status))
        return answerOf(response, text, `${method} ${url}/api/v1${path}`, hidden)
      if (last) {
        const times = tried === 1 ? '' : `, tried ${tried} times`
        if (response instanceof Error || text === undefined)
          return { refusal: { status: 0, said: `${hidden(silence(response, timeout))}${times}` } }
        return { refusal: { status: response.status, said: `${hidden(said(text))}${times}` } }
      }
      await rest(pauseBefore(response, tried, pause), signal)
    }
  }
}

/** Waits some milliseconds; rejects with the signal's own reason. */
export async function rest(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(milliseconds, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted())
}

const isPassing = (status: number): boolean => status === 429 || status >= 500

async function textOf(response: Response, signal: AbortSignal | undefined): Promise<string | undefined> {
  try {
    return await response.text()
  } catch {
    if (signal?.aborted) throw signal.reason
    return undefined
  }
}

function answerOf(response: Response, text: string, call: string, hidden: (text: string) => string): Answer {
  if (response.status >= 300 && response.status < 400)
    throw new UserError(
      `${call} leads elsewhere (${response.status}, ${hidden(response.headers.get('location') ?? 'nowhere')}): is GRAFANA_SM_URL the API's address?`,
    )
  if (!response.ok) return { refusal: { status: response.status, said: hidden(said(text)) } }
  const body = text.trim() === '' ? null : jsonOf(text)
  if (body === undefined)
    throw new UserError(
      `${call} answers ${response.status} with what is no JSON (${JSON.stringify(hidden(text).slice(0, 60))}): is GRAFANA_SM_URL the API's address?`,
    )
  return { body }
}

/** What an error's `{code, msg, err}` says, or whatever else came. */
function said(text: string): string {
  const { msg, err } = (jsonOf(text) ?? {}) as { msg?: unknown; err?: unknown }
  const words = [msg, err].filter((part) => typeof part === 'string' && part !== '')
  return words.join(': ') || text
}

const silence = (error: Response | Error, timeout: number): string =>
  error instanceof Response ? 'broke off in the middle of its answer' : silenceOf(error, { limit: timeout })

/** Milliseconds before the next try: what the answer asks for, or twice as long as before. */
function pauseBefore(response: Response | Error, tried: number, pause: number): number {
  const asked = response instanceof Error ? undefined : retryAfter(response.headers.get('retry-after'))
  return asked === undefined ? pause * 2 ** (tried - 1) : Math.min(asked, MAX_PAUSE_MS)
}

import { setTimeout as wait } from 'node:timers/promises'
import { clean, jsonOf, retryAfter, silenceOf } from '../../base/index.ts'
import type { Grafana } from './grafana.ts'

/** How patient calls are, in milliseconds. */
export interface Patience {
  /** For one call; 5 s unless told. */
  readonly timeout?: number
  /** Tries of a call that changes nothing when it is made twice; 3 unless told. */
  readonly tries?: number
  /** Before the second try, doubled before each further one; 500 unless told. */
  readonly pause?: number
  /** For all calls together; 20 s unless told. */
  readonly budget?: number
  /** Ends everything. */
  readonly signal?: AbortSignal
}

/** What a call gave: its status (0 where nobody answered) and body, or what it said of a refusal in one line. */
export type Answer =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  | { readonly ok: false; readonly status: number; readonly said: string; readonly pause: number }

/** Calls Grafana's API and waits, in all bounded; never throws. */
export interface Api {
  (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>
  /** Waits before a call is made again, no longer than there is time. */
  readonly rest: (milliseconds: number) => Promise<void>
  /** Whether the time is up. */
  readonly over: () => boolean
}

/** The longest pause that a Retry-After is granted, in milliseconds. */
const LONGEST_PAUSE = 10_000

const LATE = 'there was no more time'

/** Calls of a Grafana. Only a POST is never made twice: its answer may be lost, and what it made be there. */
export function api(grafana: Grafana, patience: Patience = {}): Api {
  const { timeout = 5_000, tries = 3, pause = 500, budget = 20_000, signal } = patience
  const limits = [AbortSignal.timeout(budget), ...(signal ? [signal] : [])]
  const end = AbortSignal.any(limits)
  const isOver = (): boolean => end.aborted
  const rest: Api['rest'] = async (milliseconds) =>
    wait(milliseconds, undefined, { signal: end }).catch(() => undefined)

  const once = async (method: string, path: string, body: unknown): Promise<Answer> => {
    const [none, refused] = [{ ok: false, status: 0, pause } as const, { ok: false, pause } as const]
    if (isOver()) return { ...none, said: LATE }
    try {
      const response = await fetch(grafana.url + path, {
        method,
        headers: headersOf(grafana, body),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A redirect is a wrong address: it would make a GET of a POST.
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(timeout), end]),
      })
      const { status, headers } = response
      const text = await response.text()
      if (status >= 300 && status < 400)
        return { ...refused, status, said: `leads elsewhere (${headers.get('location') ?? 'nowhere'})` }
      if (!response.ok) return { ...refused, status, said: said(text), pause: pauseOf(headers) ?? pause }
      const answer = jsonOf(text)
      if (answer === undefined) return { ...refused, status, said: 'answers with what is no JSON' }
      return { ok: true, status, body: answer }
    } catch (error) {
      return { ...none, said: isOver() ? LATE : silenceOf(error as Error, { limit: timeout }) }
    }
  }

  const call = async (...[method, path, body]: Parameters<Api>): Promise<Answer> => {
    for (let tried = 1; ; tried++) {
      const answer = cleaned(await once(method, path, body), grafana)
      if (answer.ok || !isPassing(answer) || method === 'POST' || tried >= tries || isOver()) return answer
      await rest(answer.pause * (answer.pause === pause ? 2 ** (tried - 1) : 1))
    }
  }
  return Object.assign(call, { rest, over: isOver })
}

/** Whether a refusal may be another answer a little later. */
export const isPassing = ({ status }: Answer): boolean => status === 0 || status === 429 || status >= 500

function headersOf({ token, org }: Grafana, body: unknown): Record<string, string> {
  return {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(org === undefined ? {} : { 'x-grafana-org-id': org }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
}

/** No text that leaves here holds the token, or repaints a terminal. */
const cleaned = (answer: Answer, { token = '' }: Grafana): Answer =>
  answer.ok ? answer : { ...answer, said: clean(answer.said, [token]) }

/** Grafana's errors are `{ message }`. */
function said(text: string): string {
  const { message } = (jsonOf(text) ?? {}) as { message?: unknown }
  return typeof message === 'string' && message !== '' ? message : text
}

/** Milliseconds that an answer asks to wait. */
function pauseOf(headers: Headers): number | undefined {
  const asked = retryAfter(headers.get('retry-after'))
  return asked === undefined ? undefined : Math.min(asked, LONGEST_PAUSE)
}

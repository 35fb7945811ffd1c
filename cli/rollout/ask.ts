import { parseJson } from '../base/index.ts'
import { openConnection, redactLine, request } from '../base/http/index.ts'
import type { Target } from '../telemetry/index.ts'

/** What a Prometheus says to a question that should give one number. */
export type Answer =
  | { readonly is: 'number'; readonly value: number }
  /** No series, or none with a number. */
  | { readonly is: 'nothing'; readonly why: string }
  /** Nobody answered, or not wholly: it may be otherwise a little later. */
  | { readonly is: 'unanswered'; readonly why: string }
  /** The question is refused, or gives something else than a number. */
  | { readonly is: 'wrong'; readonly why: string }

/** Asks a Prometheus; rejects with the signal's own reason only. */
export interface Ask {
  (query: string, at: Date, signal?: AbortSignal): Promise<Answer>
  /** Ends idle connections. */
  close(): void
}

/** Milliseconds for one question, and bytes of its answer. */
const TIMEOUT_MS = 10_000
const MOST_BYTES = 256 * 1024

/** Where a Prometheus answers instant queries. */
const QUERY_PATH = '/api/v1/query'

/** A connection to a Prometheus, kept open between questions. */
export function asker({ url, access: { headers, secrets, tls } }: Target): Ask {
  const connection = openConnection({ tls, most: 4 })
  const to = `${url.replace(/\/+$/, '').replace(/\/api\/v1(\/\w*)?$/, '')}${QUERY_PATH}`
  const ask = async (query: string, at: Date, signal?: AbortSignal): Promise<Answer> => {
    const body = new URLSearchParams({
      query,
      time: `${at.getTime() / 1000}`,
      timeout: `${TIMEOUT_MS / 1000}s`,
    })
    const answer = await request(to, {
      method: 'POST',
      body: body.toString(),
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      timeoutMs: TIMEOUT_MS,
      mostBytes: MOST_BYTES,
      secrets,
      connection,
      ...(signal && { signal }),
    })
    if ('reason' in answer) return { is: 'unanswered', why: answer.reason }
    return meaningOf(answer.status, answer.text, (text) => redactLine(text, secrets))
  }
  return Object.assign(ask, { close: () => connection.close() })
}

/** An answer of `/api/v1/query`, as far as it is read here. */
interface Answered {
  readonly status?: unknown
  readonly error?: unknown
  readonly warnings?: unknown
  readonly data?: { readonly resultType?: unknown; readonly result?: unknown }
}

/** What an answer means; `said` makes foreign text printable. */
export function meaningOf(status: number, text: string, said: (text: string) => string): Answer {
  const read = parseJson(text) as Answered | undefined
  const isRead = typeof read === 'object' && (read as unknown) !== null
  const why = isRead && typeof read.error === 'string' ? read.error : text
  if (status === 429 || status === 422 || status >= 500)
    return { is: 'unanswered', why: `answers ${status}${why === '' ? '' : ` (${said(why)})`}` }
  if (status !== 200) return { is: 'wrong', why: `answers ${status}${why === '' ? '' : ` (${said(why)})`}` }
  if (!isRead || read.status !== 'success')
    return { is: 'wrong', why: 'answers something else than a Prometheus does' }
  // A part of the stores behind it did not answer.
  if (Array.isArray(read.warnings) && read.warnings.length > 0)
    return { is: 'unanswered', why: `answers only in part (${said(String(read.warnings[0]))})` }
  const { resultType, result } = read.data ?? {}
  if (resultType === 'scalar') return numberIn(result)
  if (resultType !== 'vector' || !Array.isArray(result))
    return { is: 'wrong', why: `gives a ${said(String(resultType))}, not one number` }
  if (result.length === 0) return { is: 'nothing', why: 'no series' }
  if (result.length > 1)
    return { is: 'wrong', why: `gives ${result.length} series, not one: put sum(…) or avg(…) around it` }
  const { value } = result[0] as { value?: unknown }
  return value === undefined
    ? { is: 'wrong', why: 'gives a histogram, not a number: histogram_quantile(0.95, …)' }
    : numberIn(value)
}

function numberIn(pair: unknown): Answer {
  const text = String((pair as readonly unknown[])[1])
  const value = Number(text)
  return Number.isFinite(value) ? { is: 'number', value } : { is: 'nothing', why: `${text} is no number` }
}

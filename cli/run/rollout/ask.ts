import { redactLine } from '../../base/http/index.ts'
import { queryServer, type QueryAnswer } from '../../prometheus/index.ts'
import type { Target } from '../../telemetry/index.ts'

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

/** A connection to a Prometheus, kept open between questions. */
export function asker(target: Target): Ask {
  const query = queryServer(target, { timeoutMs: TIMEOUT_MS, mostBytes: MOST_BYTES })
  const ask = async (asked: string, at: Date, signal?: AbortSignal): Promise<Answer> =>
    meaningOf(await query('query', { query: asked, time: `${at.getTime() / 1000}` }, signal))
  return Object.assign(ask, { close: () => query.close() })
}

/** What an answer means where one number is asked for. */
export function meaningOf(answer: QueryAnswer): Answer {
  if (answer.is !== 'result') return answer
  const { resultType, result } = answer
  if (resultType === 'scalar') return numberIn(result)
  if (resultType !== 'vector' || !Array.isArray(result))
    return { is: 'wrong', why: `gives a ${redactLine(String(resultType), [])}, not one number` }
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

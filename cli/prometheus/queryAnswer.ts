import { parseJson } from '../base/index.ts'

/** What a Prometheus says to a question. */
export type QueryAnswer =
  | { readonly is: 'result'; readonly resultType: unknown; readonly result: unknown }
  /** Nobody answered, or not wholly: it may be otherwise a little later. */
  | { readonly is: 'unanswered'; readonly why: string }
  /** The question is refused, or no Prometheus has answered. */
  | { readonly is: 'wrong'; readonly why: string }

/** An answer of `/api/v1/query` and `/api/v1/query_range`, as far as it is read here. */
interface Answered {
  readonly status?: unknown
  readonly error?: unknown
  readonly warnings?: unknown
  readonly data?: { readonly resultType?: unknown; readonly result?: unknown }
}

/** What an answer means; `said` makes foreign text printable. */
export function queryAnswer(status: number, text: string, said: (text: string) => string): QueryAnswer {
  const read = parseJson(text) as Answered | undefined
  const isRead = typeof read === 'object' && (read as unknown) !== null
  const why = isRead && typeof read.error === 'string' ? read.error : text
  if (status !== 200) {
    const is = status === 429 || status === 422 || status >= 500 ? 'unanswered' : 'wrong'
    return { is, why: `answers ${status}${why === '' ? '' : ` (${said(why)})`}` }
  }
  if (!isRead || read.status !== 'success')
    return { is: 'wrong', why: 'answers something else than a Prometheus does' }
  // A part of the stores behind it did not answer.
  if (Array.isArray(read.warnings) && read.warnings.length > 0)
    return { is: 'unanswered', why: `answers only in part (${said(String(read.warnings[0]))})` }
  const { resultType, result } = read.data ?? {}
  return { is: 'result', resultType, result }
}

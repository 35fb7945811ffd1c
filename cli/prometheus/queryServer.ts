import type { SecureContextOptions } from 'node:tls'
import { bytes } from '../base/index.ts'
import { openConnection, redactLine, request } from '../base/http/index.ts'
import { queryAnswer, type QueryAnswer } from './queryAnswer.ts'

/** A Prometheus, and what opens it. */
export interface QueryServer {
  /** Its base, or the address of its API. */
  readonly url: string
  readonly access: {
    readonly headers: Readonly<Record<string, string>>
    readonly tls: SecureContextOptions & { readonly rejectUnauthorized: boolean }
    /** Texts that nothing that is said may hold. */
    readonly secrets: readonly string[]
  }
}

/** How long one question may take (milliseconds), and how many bytes its answer may have. */
export interface QueryLimits {
  readonly timeoutMs: number
  readonly mostBytes: number
}

/** Asks a Prometheus; rejects with the signal's own reason only. */
export interface Query {
  (
    kind: 'query' | 'query_range',
    given: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<QueryAnswer>
  /** Ends idle connections. */
  close(): void
}

/** A connection to a Prometheus, kept open between questions. */
export function queryServer(
  { url, access: { headers, secrets, tls } }: QueryServer,
  { timeoutMs, mostBytes }: QueryLimits,
): Query {
  const connection = openConnection({ tls, most: 4 })
  const base = url.replace(/\/+$/, '').replace(/\/api\/v1(\/\w*)?$/, '')
  const ask: (...asked: Parameters<Query>) => Promise<QueryAnswer> = async (kind, given, signal) => {
    const answer = await request(`${base}/api/v1/${kind}`, {
      method: 'POST',
      body: new URLSearchParams({ ...given, timeout: `${timeoutMs / 1000}s` }).toString(),
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      timeoutMs,
      mostBytes,
      secrets,
      connection,
      ...(signal && { signal }),
    })
    if ('reason' in answer) return { is: 'unanswered', why: answer.reason }
    if (Buffer.byteLength(answer.text) >= mostBytes)
      return { is: 'wrong', why: `answers more than ${bytes(mostBytes)}` }
    return queryAnswer(answer.status, answer.text, (text) => redactLine(text, secrets))
  }
  return Object.assign(ask, { close: () => connection.close() })
}

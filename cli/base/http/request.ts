import type { Readable } from 'node:stream'
import { backoff, type Backoff } from '../backoff.ts'
import { delay } from '../delay.ts'
import { undici } from './dispatcher.ts'
import { noAnswerReason } from './noAnswerReason.ts'
import { openResponse, type OpenRequest } from './open.ts'
import { redactLine } from './redactLine.ts'
import { retryAfterMs } from './retryAfter.ts'

/** How a server is asked, and how patiently. */
export interface HttpRequest extends OpenRequest {
  /** Milliseconds for one try; 30 s unless told. */
  readonly timeoutMs?: number
  /** Bytes that are read of an answer, about; 1 MiB unless told, and for 0 the connection is not kept. */
  readonly mostBytes?: number
  /** Texts that no reason may hold. */
  readonly secrets?: readonly string[]
  /** Further tries of a request that changes nothing when it is made twice; none unless told. */
  readonly retry?: Retry
}

/** Tries in all, and the pauses between them. */
export interface Retry extends Backoff {
  readonly tries: number
}

/** What a server answered. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** How often it was asked. */
  readonly tries: number
}

/** No answer. */
export interface NoAnswer {
  readonly status: 0
  /** Why, as words behind the server's name, without secrets. */
  readonly reason: string
  readonly error: Error
  /** A part of the request may have arrived. */
  readonly isSent: boolean
  readonly tries: number
}

const TIMEOUT_MS = 30_000
const MOST_BYTES = 1024 * 1024

/**
 * Asks a server; 429, 5xx and silence are tried again, where `retry` says so. Resolves with the last answer, or with the
 * reason why there is none; rejects with the signal's own reason only.
 */
export async function request(url: string, how: HttpRequest = {}): Promise<HttpResponse | NoAnswer> {
  const { retry, signal } = how
  for (let tries = 1; ; tries++) {
    const answer = { ...(await once(url, how)), tries }
    if (!retry || tries >= retry.tries || !isTransient(answer)) return answer
    await delay(backoff(retry, tries, askedMs(answer)), signal)
  }
}

/** Whether the same request may be answered otherwise a little later. */
export const isTransient = ({ status }: { status: number }): boolean =>
  status === 0 || status === 429 || status >= 500

/** Milliseconds that an answer asks to wait; undefined where it does not. */
export const askedMs = (answer: HttpResponse | NoAnswer): number | undefined =>
  'reason' in answer ? undefined : retryAfterMs(answer.headers['retry-after'])

/** The error of an answer that is late, as `AbortSignal.timeout` makes it. */
const late = (): DOMException => new DOMException('The operation was aborted due to timeout', 'TimeoutError')

async function once(
  url: string,
  { timeoutMs = TIMEOUT_MS, mostBytes = MOST_BYTES, secrets = [], signal, ...asked }: HttpRequest,
): Promise<Omit<HttpResponse, 'tries'> | Omit<NoAnswer, 'tries'>> {
  // Loading it is not the server's time.
  await undici()
  signal?.throwIfAborted()
  const end = new AbortController()
  const timer = setTimeout(() => end.abort(late()), timeoutMs)
  const stop = (): void => end.abort(signal?.reason)
  signal?.addEventListener('abort', stop)
  const seen = { isSent: false, isAnswered: false }
  try {
    const onSend = (): void => void (seen.isSent = true)
    const { status, headers, body } = await openResponse(url, { ...asked, onSend, signal: end.signal })
    seen.isAnswered = true
    return { status, headers, text: await beginningOf(body, mostBytes) }
  } catch (error) {
    signal?.throwIfAborted()
    const isBroken = seen.isAnswered && (error as Error).name !== 'TimeoutError'
    const reason = isBroken
      ? 'broke off in the middle of its answer'
      : noAnswerReason(error as Error, { limit: timeoutMs })
    return {
      status: 0,
      reason: redactLine(reason, secrets),
      error: error as Error,
      isSent: seen.isSent,
    }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

async function beginningOf(body: Readable, mostBytes: number): Promise<string> {
  if (mostBytes === 0) {
    body.on('error', () => undefined).destroy()
    return ''
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= mostBytes) break
  }
  return Buffer.concat(chunks).toString('utf8')
}

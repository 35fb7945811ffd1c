import { once } from 'node:events'
import { request as plain, type IncomingMessage } from 'node:http'
import { request as secure } from 'node:https'
import { noAnswerReason, retryAfterMs } from '../../../base/http/index.ts'
import type { Access } from './access.ts'
import { Unavailable } from './unavailable.ts'

/** An answer of the cluster's server. */
export interface Answer {
  readonly status: number
  readonly body: Buffer
  /** Milliseconds that the server asks to wait. */
  readonly askedMs?: number | undefined
}

/** What is asked of the cluster's server. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /** Without the first `/`. */
  readonly path: string
  readonly body?: unknown
}

/** Milliseconds for an answer. */
const TIMEOUT_MS = 30_000

/** Asks the cluster's server. Throws {@link Unavailable} where it does not answer. */
export async function call(access: Access, { method = 'GET', path, body }: Call): Promise<Answer> {
  const url = new URL(path, access.server)
  const { headers, ...options } = await access.options()
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
  const asked = (url.protocol === 'http:' ? plain : secure)(url, {
    ...options,
    method,
    headers: {
      ...(headers as Record<string, string> | undefined),
      accept: 'application/json',
      // A DELETE has no length unless told.
      ...(bytes && { 'content-type': 'application/json', 'content-length': bytes.length }),
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  try {
    asked.end(bytes)
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    const askedMs = retryAfterMs(answer.headers['retry-after'])
    return { status: answer.statusCode ?? 0, body: await bodyOf(answer), askedMs }
  } catch (error) {
    throw new Unavailable(
      `kubernetes: ${access.server.origin} ${noAnswerReason(error as Error, { limit: TIMEOUT_MS })}`,
    )
  }
}

/** The whole body of an answer. */
export async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of answer as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}

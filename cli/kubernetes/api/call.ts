import { once } from 'node:events'
import { request as plain, type IncomingMessage } from 'node:http'
import { request as secure } from 'node:https'
import { UserError } from '../../base/index.ts'
import { noAnswerReason } from '../../base/http/index.ts'
import type { Access } from './access.ts'

/** An answer of the cluster's server. */
export interface Answer {
  readonly status: number
  readonly body: Buffer
}

/** What is asked of the cluster's server. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Without the first `/`. */
  readonly path: string
  readonly body?: unknown
  readonly type?: string
}

/** Milliseconds for an answer. */
const TIMEOUT_MS = 30_000

/** Asks the cluster's server. Throws UserError where it does not answer. */
export async function call(access: Access, { method = 'GET', path, body, type }: Call): Promise<Answer> {
  const url = new URL(path, access.server)
  const { headers, ...options } = await access.options()
  const asked = (url.protocol === 'http:' ? plain : secure)(url, {
    ...options,
    method,
    headers: {
      ...(headers as Record<string, string> | undefined),
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  try {
    asked.end(body === undefined ? undefined : JSON.stringify(body))
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    return { status: answer.statusCode ?? 0, body: await bodyOf(answer) }
  } catch (error) {
    throw new UserError(
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

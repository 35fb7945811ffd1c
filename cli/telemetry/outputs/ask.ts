import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { SecureContextOptions } from 'node:tls'
import { version } from '../../base/index.ts'
import { noAnswerReason } from '../../base/http/index.ts'

/** What a server answered, or why it did not. */
export type Answer =
  { readonly status: number; readonly text: string; readonly headers: IncomingHttpHeaders } | Silence

/** No answer: in words. */
export interface Silence {
  readonly silence: string
  /** Something is there, but it speaks no TLS. */
  readonly plain?: true
}

/** How a server is asked. */
export interface Asking {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly tls?: SecureContextOptions & { readonly rejectUnauthorized?: boolean }
  readonly signal: AbortSignal
}

/** Characters that are read of an answer, about. */
const MOST_READ = 64 * 1024

/** Asks a server once; never rejects. A redirect is an answer: no secret follows it. */
export function ask(url: string, { method = 'GET', headers, body, tls, signal }: Asking): Promise<Answer> {
  return new Promise((resolve) => {
    const fail = (error: Error): void => resolve(silenceFor(error, signal))
    const options = { method, headers: { 'user-agent': `loadwright/${version}`, ...headers }, signal, ...tls }
    const request = (url.startsWith('https:') ? httpsRequest : httpRequest)(url, options, (response) => {
      void textOf(response).then(
        (text) => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
        fail,
      )
    })
    request.on('error', fail)
    request.end(body ?? (method === 'POST' ? '' : undefined))
  })
}

async function textOf(response: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response as AsyncIterable<Buffer>)
    if (text.length < MOST_READ) text += decoder.decode(chunk, { stream: true })
  return text
}

/** Why there is no answer. */
export function silenceFor(error: Error, signal: AbortSignal): Silence {
  if (signal.aborted) return { silence: 'does not answer in time' }
  if (/wrong version number|packet length too long/i.test(error.message))
    return { silence: 'speaks no TLS', plain: true }
  // What Node trusts is not what k6 does.
  return { silence: noAnswerReason(error, { untrusted: 'its certificate is not known' }) }
}

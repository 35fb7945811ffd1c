import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { clean, silenceOf, version } from '../../base/index.ts'
import { PREFIX } from '../../k6/index.ts'
import type { Target } from './target.ts'

/** What a server answered, or why it did not. */
export type Answer =
  | {
      readonly status: number
      /** The beginning of the body on one line, without secrets. */
      readonly text: string
      readonly retryAfter?: string
      readonly location?: string
    }
  | {
      /** No answer: in words. */
      readonly silence: string
      /** Nothing can have been taken: there was no connection. */
      readonly unsent: boolean
    }

/** One request to a target; never rejects. */
export interface Post {
  (body: Uint8Array, how?: { timeout?: number; signal?: AbortSignal }): Promise<Answer>
  /** Asks another path of the same server, as GET; the answer's text is whole up to 1 MiB. */
  get(url: string, how?: { timeout?: number }): Promise<Answer>
  /** Ends idle connections. */
  close(): void
}

/** Milliseconds that a write may take unless told. */
const TIMEOUT = 15_000
const MOST_READ = 1024 * 1024

/** What remote write 1.0 asks for. */
const WRITE_HEADERS = {
  'content-encoding': 'snappy',
  'content-type': 'application/x-protobuf',
  'x-prometheus-remote-write-version': '0.1.0',
}

/** A connection to a target, kept open between requests. A redirect is an answer: nothing is sent after it. */
export function poster({ url, access }: Target): Post {
  const secure = url.startsWith('https:')
  const agent = secure
    ? new HttpsAgent({ keepAlive: true, maxSockets: 1, ...access.tls })
    : new HttpAgent({ keepAlive: true, maxSockets: 1 })

  const call = (
    to: string,
    body: Uint8Array | undefined,
    { timeout = TIMEOUT, signal }: { timeout?: number; signal?: AbortSignal } = {},
  ): Promise<Answer> =>
    new Promise((resolve) => {
      let connected = false
      const request = (secure ? httpsRequest : httpRequest)(to, {
        agent,
        method: body ? 'POST' : 'GET',
        headers: {
          ...access.headers,
          'user-agent': `loadwright/${version}`,
          ...(body ? { ...WRITE_HEADERS, 'content-length': body.length } : {}),
        },
      })
      const fail = (silence: string): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', stop)
        request.destroy()
        resolve({ silence: clean(silence, access.secrets), unsent: !connected })
      }
      const stop = (): void => fail('was not waited for')
      const timer = setTimeout(() => fail(`does not answer within ${timeout / 1000} s`), timeout)
      signal?.addEventListener('abort', stop)
      request.on('socket', (socket) => {
        connected = !socket.connecting
        if (!connected) socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true))
      })
      request.on('error', (error) => fail(reasonOf(error)))
      request.on('response', (response) => {
        void textOf(response).then((text) => {
          if (text === undefined) {
            fail('broke off in the middle of its answer')
            return
          }
          clearTimeout(timer)
          signal?.removeEventListener('abort', stop)
          resolve({
            status: response.statusCode ?? 0,
            text: body ? clean(text, access.secrets) : text,
            ...entry('retryAfter', response.headers['retry-after']),
            ...entry('location', response.headers.location),
          })
        })
      })
      if (signal?.aborted) stop()
      else request.end(body)
    })

  return Object.assign(
    (body: Uint8Array, how?: { timeout?: number; signal?: AbortSignal }) => call(url, body, how),
    {
      get: (to: string, how?: { timeout?: number }) => call(to, undefined, how),
      close: () => agent.destroy(),
    },
  )
}

const entry = (name: string, value: string | undefined): Record<string, string> =>
  value === undefined ? {} : { [name]: value }

async function textOf(response: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size <= MOST_READ) chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch {
    return undefined
  }
}

/** Why there is no answer. */
const reasonOf = (error: Error): string =>
  /tlsv1 alert protocol version|unsupported protocol/i.test(error.message)
    ? `does not answer (TLS older than 1.3: set ${PREFIX}TLS_MINIMUM_VERSION=1.2)`
    : silenceOf(error)

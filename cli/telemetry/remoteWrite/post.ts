import { defined } from '../../base/index.ts'
import {
  openConnection,
  redactLine,
  request,
  type HttpRequest,
  type NoAnswer,
} from '../../base/http/index.ts'
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

type Bounds = Pick<HttpRequest, 'timeoutMs' | 'signal'>

/** One request to a target; never rejects. */
export interface Post {
  (body: Uint8Array, how?: Bounds): Promise<Answer>
  /** Asks another path of the same server, as GET; the answer's text is whole up to 1 MiB. */
  get(url: string, how?: Bounds): Promise<Answer>
  /** Ends idle connections. */
  close(): void
}

/** Milliseconds that a write may take unless told. */
const TIMEOUT_MS = 15_000

/** What remote write 1.0 asks for. */
const WRITE_HEADERS = {
  'content-encoding': 'snappy',
  'content-type': 'application/x-protobuf',
  'x-prometheus-remote-write-version': '0.1.0',
}

/** A connection to a target, kept open between requests. A redirect is an answer: nothing is sent after it. */
export function poster({ url, access: { headers, secrets, tls } }: Target): Post {
  const connection = openConnection({ tls, most: 1 })
  const call = async (to: string, how: HttpRequest): Promise<Answer> => {
    const answer = await request(to, { timeoutMs: TIMEOUT_MS, ...how, secrets, connection }).catch(
      () => undefined,
    )
    if (!answer) return { silence: 'was not waited for', unsent: false }
    if ('reason' in answer) return { silence: reasonOf(answer), unsent: !answer.isSent }
    const { status, text } = answer
    const { 'retry-after': retryAfter, location } = answer.headers
    return {
      status,
      text: how.body ? redactLine(text, secrets) : text,
      ...defined({ retryAfter, location }),
    }
  }
  return Object.assign(
    (body: Uint8Array, how: Bounds = {}) =>
      call(url, { ...how, method: 'POST', body, headers: { ...headers, ...WRITE_HEADERS } }),
    {
      get: (to: string, how: Bounds = {}) => call(to, { ...how, headers }),
      close: () => connection.close(),
    },
  )
}

/** Why there is no answer. */
const reasonOf = ({ error, reason }: NoAnswer): string =>
  /tlsv1 alert protocol version|unsupported protocol/i.test(error.message)
    ? `does not answer (TLS older than 1.3: set ${PREFIX}TLS_MINIMUM_VERSION=1.2)`
    : reason

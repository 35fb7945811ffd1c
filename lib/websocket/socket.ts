import type { CookieJar } from 'k6/http'
import { beginTrace } from '../beginTrace.ts'
import { contextHeaders } from '../contextHeaders.ts'
import { currentScenario } from '../currentScenario.ts'
import { deferred } from '../deferred/index.ts'
import { errorNamed } from '../errors.ts'
import { tagPhase } from '../followPhase.ts'
import { http } from '../k6.ts'
import { limitOf } from '../limitOf.ts'
import { openStep } from '../openStep.ts'
import type { AnyResponse } from '../predicates.ts'
import type { Duration } from '../request.ts'
import { settings } from '../settings.ts'
import type { TagValue } from '../vu.ts'
import { connect, LOST_CODE, type Connection, type Handshake, type SocketEnd } from './connection.ts'
import type { SocketMessage, Wanted } from './message.ts'
import { stepTime } from './stepTime.ts'

/** What a socket may say of itself. */
export interface SocketOptions {
  /** Groups what k6 measures of it: never a URL with an id in it. */
  name: string
  /** Headers of the handshake. */
  headers?: Readonly<Record<string, string>>
  /** Further tags of its samples. */
  tags?: Readonly<Record<string, TagValue>>
  /** Subprotocols that are offered, such as `stomp`. */
  protocols?: readonly string[]
  /** The jar whose cookies the handshake sends: `api.jar()`; the iteration's where not given. */
  jar?: CookieJar
  compression?: 'deflate'
  /** How long whatever waits may wait: the handshake, a message, the end; REQUEST_TIMEOUT where not given. */
  within?: number | Duration
}

/** How long something may take, in milliseconds or as k6 writes durations; the socket's own `within` where not given. */
export interface Within {
  within?: number | Duration
}

/** An open socket. */
export interface Socket {
  /** Sends a text, bytes, or anything else as JSON. Throws SocketError where the connection has ended. */
  send(message: string | ArrayBuffer | ArrayBufferView | object): void
  /**
   * The next message that is wanted, or any, of those that came since the last one that was taken, be it in another step; those
   * that came before it are passed over. With `fresh`, only what comes from now on. Rejects with SocketError where none comes
   * in time, or the connection ends.
   */
  next(wanted?: Wanted, how?: Within & { fresh?: boolean }): Promise<SocketMessage>
  /**
   * Waits until the server closes. Rejects with SocketError where it does not in time, where the connection is lost, and where
   * the code is another than this one, or than 1000, 1001, 1005 and that of `close()` where none is given.
   */
  closed(how?: Within & { code?: number }): Promise<SocketEnd>
  /** Closes it with a code of 1000 or of 3000 to 4999; at the end of the body it is closed with 1000 anyhow. */
  close(code?: number, reason?: string): void
}

/** What k6 gives a handshake, which nothing can cut. */
const HANDSHAKE_MS = 60_000

/** Codes by which a server says that it goes: no failure where nobody waited for more. */
const GOING = [1000, 1001, 1005]

/**
 * Opens a socket (an absolute URL, or a path of BASE_URL), gives it to `body`, and closes it; gives what the body gives. In a
 * step, the step's time leaves out connecting and closing: it is that from the first message sent to the last one that was
 * asked for, with what other sockets and the client do beside. The handshake has
 * `traceparent` and `baggage`; what waits, waits no longer than is left of TIME_BUDGET in a single pass. Rejects with
 * SocketError where the connection fails, is lost, or ends by a code that nobody asked for; with UsageError for a URL whose
 * host the environment does not list.
 */
export const socket = async <T>(
  url: string,
  options: SocketOptions,
  body: (ws: Socket) => Promise<T> | T,
): Promise<T> => {
  const { name } = options
  if (!name) throw errorNamed(`socket ${url}: a socket needs a name`)
  const limit = (within = options.within ?? settings().REQUEST_TIMEOUT): number =>
    limitOf(within, `socket "${name}": "${within}" is no duration such as 10s`)
  const time = stepTime(name)
  const { connection, end } = begin(url, options, limit())
  const asked = { end: false, codes: [...GOING] }
  const ws: Socket = {
    send(message) {
      time.said()
      const isPlain =
        typeof message === 'object' && !(message instanceof ArrayBuffer) && !ArrayBuffer.isView(message)
      connection.send(isPlain ? JSON.stringify(message) : message)
    },
    async next(wanted, how) {
      time.said()
      const message = await connection.next(wanted, limit(how?.within), how?.fresh ? Date.now() : 0)
      time.heard(message.at)
      return message
    },
    async closed(how = {}) {
      asked.end = true
      time.said()
      const ended = await connection.ended(limit(how.within))
      time.heard(Date.now())
      if (ended.code === LOST_CODE) throw connection.failure('the connection was lost')
      const codes = how.code === undefined ? asked.codes : [how.code]
      if (!codes.includes(ended.code)) {
        const wanted = codes.join(', ').replace(/, (\d+)$/, ' or $1')
        throw connection.failure(`it was closed with code ${ended.code}, not ${wanted}`)
      }
      return ended
    },
    close(code = 1000, reason = '') {
      asked.end = true
      asked.codes.push(code)
      connection.close(code, reason)
    },
  }
  let completed = false
  try {
    await connection.opened(limit())
    end(true)
    time.opened()
    const result = await body(ws)
    const ended = connection.end()
    if (ended && !asked.end && !GOING.includes(ended.code))
      throw connection.failure(`it ended with code ${ended.code}, which nobody asked for`)
    time.over()
    connection.close(1000, '')
    await connection.ended(limit())
    completed = true
    return result
  } catch (thrown) {
    const { name: kind, message } = Object(thrown) as Error
    const isOfAnother = kind === 'SocketError' && !message.startsWith(connection.failure('').message)
    // What another socket waits for in vain is often what would have come of this one.
    if (isOfAnother && connection.end()?.code === LOST_CODE)
      throw connection.failure(`the connection was lost, and then ${message}`)
    throw thrown
  } finally {
    end(false)
    connection.close(1000, '')
    time.ended(completed)
  }
}

/** A handshake that has begun, and what ends its span. */
interface Begun {
  readonly connection: Connection
  readonly end: (isOpen: boolean) => void
}

const begin = (url: string, options: SocketOptions, limit: number): Begun => {
  const { name, tags, protocols, jar, compression } = options
  tagPhase()
  const base = settings().BASE_URL
  const plain = deferred().urlOf('socket', base, url.replace(/^ws/, 'http'))
  // Whether anybody is there is asked first where there is less time than k6 gives a handshake.
  if (currentScenario().singlePass && limit < HANDSHAKE_MS) requireAnswer(name, plain, limit)
  const trace = openStep ?? beginTrace()
  const handshake: Handshake = {
    headers: { ...contextHeaders(trace), ...options.headers },
    tags: { ...tags, name },
  }
  if (jar) handshake.jar = jar
  if (compression) handshake.compression = compression
  const address = plain.replace(/^http/, 'ws')
  const finish =
    globalThis.LOADWRIGHT_SPANS !== false && trace.spans
      ? deferred().beginRequest(trace, 'GET', address, name, handshake.headers.traceparent as string)
      : undefined
  const started = Date.now()
  let open = true
  return {
    connection: connect(name, address, protocols, handshake),
    end(ok) {
      if (!open) return
      open = false
      const timings = { blocked: 0, duration: Date.now() - started }
      const seen = { status: ok ? 101 : 0, error: 'no connection', url: address, timings }
      finish?.(seen as AnyResponse, ok)
    },
  }
}

/** k6's codes of a request that took too long, and of a connection that did. */
const LATE = [1050, 1211]

/** A handshake that is to be refused: whoever takes sockets answers it, even where nobody answers plain HTTP (RFC 6455, 4.4). */
const REFUSED = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '0' }

/** Throws SocketError where nobody answers in time; what is answered is of no interest. */
const requireAnswer = (name: string, url: string, timeout: number): void => {
  const params = {
    headers: REFUSED,
    tags: { name: 'preflight' },
    timeout,
    redirects: 0,
    responseType: 'none' as const,
    throw: false,
    jar: new http.CookieJar(),
    responseCallback: null as never,
  }
  let seen: AnyResponse
  try {
    seen = http.get(url, params)
  } catch {
    // A server that takes even this: k6 throws for its 101.
    return
  }
  const { error, error_code } = seen
  if (LATE.includes(error_code)) throw errorNamed(`socket "${name}": no connection: ${error}`, 'SocketError')
}

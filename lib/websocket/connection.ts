import type { CookieJar } from 'k6/http'
import { errorNamed } from '../errors.ts'
import { waiting } from '../waiting.ts'
import { WebSocket } from './k6.ts'
import { isWanted, messageOf, type MessageEvent, type SocketMessage, type Wanted } from './message.ts'

/** How a connection ended; the code is 1006 where nobody said one. */
export interface SocketEnd {
  readonly code: number
  readonly reason: string
}

/** What k6 is told of a handshake. */
export interface Handshake {
  headers: Record<string, string>
  tags: Record<string, string | number | boolean>
  jar?: CookieJar
  compression?: 'deflate'
}

/** One connection, and what it has been told. */
export interface Connection {
  readonly name: string
  /** Rejects with a reason if it is not there in time. */
  opened(within: number): Promise<void>
  send(data: string | ArrayBuffer | ArrayBufferView): void
  /** The next message that is wanted and did not come before `since`; those before it are passed over. */
  next(wanted: Wanted | undefined, within: number, since: number): Promise<SocketMessage>
  /** Its end; rejects if it does not come in time. */
  ended(within: number): Promise<SocketEnd>
  close(code: number, reason: string): void
  /** How it ended, where it has. */
  end(): SocketEnd | undefined
  /** Why it failed, as a sentence. */
  failure(what: string): Error
}

/** Messages that wait for somebody at most; of more, the oldest are lost. */
export const MAX_UNREAD = 1000
/** The code of a connection that ended without a word. */
export const LOST_CODE = 1006

/** Begins a handshake. k6 gives it 60 s, and nobody can cut it: that it is late is told, and it goes on. */
export const connect = (
  name: string,
  url: string,
  protocols: readonly string[] | undefined,
  handshake: Handshake,
): Connection => {
  const own = new WebSocket(url, (protocols ?? null) as null, handshake)
  own.binaryType = 'arraybuffer'
  const unread: SocketMessage[] = []
  let lost = 0
  let isOpen = false
  let isLeft = false
  let error = ''
  let end: SocketEnd | undefined
  const { until, look } = waiting(`socket "${name}"`)

  const failure = (what: string): Error => errorNamed(`socket "${name}": ${what}`, 'SocketError')
  const failedEnd = ({ code, reason }: SocketEnd): Error =>
    failure(
      !isOpen
        ? `no connection: ${error || 'the handshake was refused'}`
        : code === LOST_CODE
          ? 'the connection was lost'
          : `the server closed it with code ${code}${reason ? ` (${reason})` : ''}`,
    )

  own.addEventListener('open', () => {
    isOpen = true
    if (isLeft) own.close(1000, '')
    look()
  })
  own.addEventListener('message', (event) => {
    unread.push(messageOf(event as unknown as MessageEvent))
    if (unread.length > MAX_UNREAD) {
      unread.shift()
      lost++
    }
    look()
  })
  own.addEventListener('error', (event) => {
    error = (event as { error: string }).error
  })
  own.addEventListener('close', (event) => {
    const { code = LOST_CODE, reason = '' } = event as unknown as Partial<SocketEnd>
    end = { code, reason }
    look()
  })

  return {
    name,
    failure,
    end: () => end,
    opened: async (within) => {
      await until(
        () => {
          if (end) throw failedEnd(end)
          return isOpen || undefined
        },
        within,
        () => {
          throw failure(`the handshake took longer than ${within} ms`)
        },
      )
    },
    send(data) {
      if (end) throw failedEnd(end)
      own.send(data)
    },
    next(wanted, within, since) {
      let passed = 0
      return until(
        () => {
          for (let message = unread.shift(); message; message = unread.shift()) {
            if (message.at >= since && isWanted(message, wanted)) return message
            passed++
          }
          if (end) throw failedEnd(end)
          return undefined
        },
        within,
        () => {
          throw failure(
            `${passed > 0 ? 'none of the messages that came was the one' : 'no message came'} within ${within} ms` +
              (lost > 0 ? `; of more than ${MAX_UNREAD} that nobody read the oldest were lost` : ''),
          )
        },
      )
    },
    ended: (within) =>
      until(
        () => end,
        within,
        () => {
          throw failure(`the server did not close it within ${within} ms`)
        },
      ),
    close(code, reason) {
      // Before it is open, k6 would wait for ever: what opens later is closed then.
      if (!isOpen) isLeft = true
      else if (!end) own.close(code, reason)
    },
  }
}

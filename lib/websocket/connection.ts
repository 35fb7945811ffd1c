import type { CookieJar } from 'k6/http'
import { errorNamed } from '../errors.ts'
import { isWanted, messageOf, type SocketMessage, type Wanted } from './message.ts'
import { WebSocket } from './k6.ts'

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
  /** The next message that is wanted; those before it are passed over. */
  next(wanted: Wanted | undefined, within: number): Promise<SocketMessage>
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
  /** Who waits looks again at what has happened. */
  let look: (() => void) | undefined

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
    look?.()
  })
  own.addEventListener('message', (event) => {
    unread.push(messageOf((event as { data: string | ArrayBuffer }).data))
    if (unread.length > MAX_UNREAD) {
      unread.shift()
      lost++
    }
    look?.()
  })
  own.addEventListener('error', (event) => {
    error = (event as { error: string }).error
  })
  own.addEventListener('close', (event) => {
    const { code = LOST_CODE, reason = '' } = event as unknown as Partial<SocketEnd>
    end = { code, reason }
    look?.()
  })

  /** Waits until `found` gives something; throws what it throws, and `late` when time is up. */
  const until = <T>(found: () => T | undefined, within: number, late: () => Error): Promise<T> =>
    new Promise((resolve, reject) => {
      if (look) throw errorNamed(`socket "${name}": two things wait for it at once: await the first`)
      const timer = setTimeout(() => settle(() => reject(late())), within)
      const settle = (act: () => void): void => {
        look = undefined
        clearTimeout(timer)
        act()
      }
      look = () => {
        try {
          const value = found()
          if (value !== undefined) settle(() => resolve(value))
        } catch (thrown) {
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what is asked for may throw anything
          settle(() => reject(thrown))
        }
      }
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
        () => failure(`the handshake took longer than ${within} ms`),
      )
    },
    send(data) {
      if (end) throw failedEnd(end)
      own.send(data)
    },
    next(wanted, within) {
      let passed = 0
      return until(
        () => {
          for (let message = unread.shift(); message; message = unread.shift()) {
            if (isWanted(message, wanted)) return message
            passed++
          }
          if (end) throw failedEnd(end)
          return undefined
        },
        within,
        () =>
          failure(
            `${passed > 0 ? 'none of the messages that came was the one' : 'no message came'} within ${within} ms` +
              (lost > 0 ? `; of more than ${MAX_UNREAD} that nobody read the oldest were lost` : ''),
          ),
      )
    },
    ended: (within) =>
      until(
        () => end,
        within,
        () => failure(`the server did not close it within ${within} ms`),
      ),
    close(code, reason) {
      // Before it is open, k6 would wait for ever: what opens later is closed then.
      if (!isOpen) isLeft = true
      else if (!end) own.close(code, reason)
    },
  }
}

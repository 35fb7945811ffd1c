import type { Client, Params } from 'k6/net/grpc'
import { errorNamed } from '../errors.ts'
import { codeOf, endOf, type Ended } from './codes.ts'
import { Stream } from './k6.ts'

/** An open stream. */
export interface GrpcStream<Message = unknown> {
  /** Sends a message. */
  write(message: object): void
  /** Says that no more messages are sent. */
  end(): void
  /** The next message; undefined after the last one. Rejects with CallError where the stream fails. */
  next(): Promise<Message | undefined>
  /** All messages that are left, at most 1000. Rejects with CallError where the stream fails, or has more. */
  rest(): Promise<Message[]>
}

/** A stream that is asked for, and who is told how it ended. */
export interface Asked {
  readonly method: string
  readonly name: string
  readonly params: Params
  /** Milliseconds: its deadline. */
  readonly timeout: number
  readonly told: (ended: Ended) => void
}

/** Messages that wait for somebody at most: a stream of more fails. */
const MAX_UNREAD = 1000
/** Milliseconds after the deadline at which k6 has told of it. */
const GRACE_MS = 1000

/** Opens a stream, gives it to a body, and waits for its end, which its deadline brings at the latest. */
export const streamOver = async <T, Message>(
  client: Client,
  { method, name, params, timeout, told }: Asked,
  body: (stream: GrpcStream<Message>) => Promise<T> | T,
): Promise<T> => {
  const own = new Stream(client, method, params)
  const unread: Message[] = []
  let failed: Ended | undefined
  let isOver = false
  let look: (() => void) | undefined
  own.on('data', (message) => {
    if (unread.length < MAX_UNREAD) unread.push(message as Message)
    else failed ??= { code: 'RESOURCE_EXHAUSTED', error: `more than ${MAX_UNREAD} messages that nobody read` }
    look?.()
  })
  own.on('error', (error) => {
    const { code, message } = error as { code: unknown; message: string }
    failed ??= { code: codeOf(Number(code)), error: message }
    look?.()
  })
  own.on('end', () => {
    isOver = true
    look?.()
  })
  // What listeners set, the compiler does not see change.
  const endedBy = (): Ended | undefined => (isOver ? failed : undefined)
  const raise = (ended: Ended): Error => errorNamed(`stream "${name}": ${endOf(ended)}`, 'CallError')

  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        failed ??= { code: 'DEADLINE_EXCEEDED', error: `not over after ${timeout} ms` }
        look?.()
      }, timeout + GRACE_MS)
      look = () => {
        if (!holds() && !failed) return
        clearTimeout(timer)
        look = undefined
        resolve()
      }
      look()
    })

  const next = async (): Promise<Message | undefined> => {
    await until(() => unread.length > 0 || isOver)
    const message = unread.shift()
    if (message === undefined && failed) throw raise(failed)
    return message
  }
  const stream: GrpcStream<Message> = {
    write: (message) => own.write(message),
    end: () => own.end(),
    next,
    async rest() {
      const all: Message[] = []
      for (let message = await next(); message !== undefined; message = await next()) all.push(message)
      return all
    },
  }
  try {
    const result = await body(stream)
    own.end()
    // What the body did not wait for is not its failure: its deadline ends it.
    const ended = endedBy()
    if (ended) throw raise(ended)
    return result
  } finally {
    own.end()
    told(failed ?? { code: 'OK', error: '' })
  }
}

import type { Client, Params } from 'k6/net/grpc'
import { errorNamed } from '../errors.ts'
import { waiting } from '../waiting.ts'
import { codeOf, endOf, uncalled, type Ended, type GrpcCode } from './codes.ts'
import { Stream } from './k6.ts'

/** An open stream. */
export interface GrpcStream<Message = unknown> {
  /** Sends a message; to a stream that is over none is sent, and its end tells why. Throws UsageError after `end()`. */
  write(message: object): void
  /** Says that no more messages are sent. */
  end(): void
  /** The next message; undefined after the last one. Rejects with CallError where the stream's status is not expected. */
  next(): Promise<Message | undefined>
  /** All messages that are left, at most 1000. Rejects with CallError as `next` does, and where there are more. */
  rest(): Promise<Message[]>
  /** Says that no more messages are sent, waits for the end, and gives how the stream ended, for `code('NOT_FOUND')`; messages that nobody read are lost. */
  closed(): Promise<Ended>
}

/** A stream that is asked for, and who is told how it ended. */
export interface Asked {
  readonly method: string
  readonly name: string
  readonly params: Params
  /** Milliseconds: its deadline. */
  readonly timeout: number
  /** Statuses that do not fail it. */
  readonly expect: readonly GrpcCode[]
  readonly told: (ended: Ended, isAnswered: boolean) => void
  readonly refuse: (why: Ended) => never
}

/** Messages that wait for somebody at most: a stream of more fails. */
const MAX_UNREAD = 1000
/** Milliseconds after the deadline at which k6 has told of it. */
const GRACE_MS = 1000

/** Opens a stream, gives it to a body, and waits for its end, which its deadline brings at the latest. */
export const streamOver = async <T, Message>(
  client: Client,
  { method, name, params, timeout, expect, told, refuse }: Asked,
  body: (stream: GrpcStream<Message>) => Promise<T> | T,
): Promise<T> => {
  const raise = (ended: Ended): Error => errorNamed(`stream "${name}": ${endOf(ended)}`, 'CallError')
  const open = (): InstanceType<typeof Stream> => {
    try {
      return new Stream(client, method, params)
    } catch (thrown) {
      return refuse(uncalled(thrown))
    }
  }
  const late = Date.now() + timeout + GRACE_MS
  const own = open()
  const unread: Message[] = []
  let failed: Ended | undefined
  /** k6 takes no more messages: it would wait for ever for somebody to take one. */
  let isDone = false
  let isOver = false
  let isEnded = false
  let isLeft = false
  const { until, look } = waiting(`stream "${name}"`)
  own.on('data', (message) => {
    if (isLeft) return
    if (unread.length < MAX_UNREAD) unread.push(message as Message)
    else failed ??= { code: 'RESOURCE_EXHAUSTED', error: `more than ${MAX_UNREAD} messages that nobody read` }
    look()
  })
  own.on('error', (error) => {
    isDone = true
    const { code, message } = error as { code: unknown; message: string }
    // So k6 calls it whoever cancels, though it says nothing where it does itself, at the end of a test.
    const isCancelled = message === 'canceled by client (k6)'
    failed ??= isCancelled
      ? { code: 'CANCELLED', error: 'canceled by the server' }
      : { code: codeOf(Number(code)), error: message }
    look()
  })
  own.on('end', () => {
    isDone = isOver = true
    look()
  })
  // What listeners set, the compiler does not see change.
  const failure = (): Ended | undefined => failed

  /** Waits until it holds, or the stream has failed, as it does by its deadline. */
  const wait = (holds: () => boolean): Promise<unknown> =>
    until(
      () => holds() || failed,
      late - Date.now(),
      () => (failed ??= { code: 'DEADLINE_EXCEEDED', error: `not over after ${timeout} ms` }),
    )

  const next = async (): Promise<Message | undefined> => {
    await wait(() => unread.length > 0 || isOver)
    const message = unread.shift()
    if (message === undefined && failed && !expect.includes(failed.code)) throw raise(failed)
    return message
  }
  const end = (): void => {
    isEnded = true
    if (!isDone) own.end()
  }
  const closed = async (): Promise<Ended> => {
    end()
    isLeft = true
    await wait(() => isOver)
    return failure() ?? WELL
  }
  const stream: GrpcStream<Message> = {
    write(message) {
      if (isEnded) throw errorNamed(`stream "${name}": a message after end() is never sent`)
      if (!isDone) own.write(message)
    },
    end,
    next,
    closed,
    async rest() {
      const all: Message[] = []
      for (let message = await next(); message !== undefined; message = await next()) {
        if (all.push(message) <= MAX_UNREAD) continue
        failed ??= {
          code: 'RESOURCE_EXHAUSTED',
          error: `more than ${MAX_UNREAD} messages: read them by next()`,
        }
        throw raise(failed)
      }
      return all
    },
  }
  try {
    const result = await body(stream)
    // Messages that the body left are of no interest; how the stream ends is.
    const ended = await closed()
    if (!expect.includes(ended.code)) throw raise(ended)
    return result
  } finally {
    end()
    const ended = failed ?? WELL
    told(ended, ended.code !== 'DEADLINE_EXCEEDED')
  }
}

const WELL: Ended = { code: 'OK', error: '' }

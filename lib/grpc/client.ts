import type { TLSParams } from 'k6/net/grpc'
import { beginTrace } from '../beginTrace.ts'
import { contextHeaders } from '../contextHeaders.ts'
import { deferred } from '../deferred/index.ts'
import { errorNamed } from '../errors.ts'
import { tagPhase } from '../followPhase.ts'
import { iteration } from '../iteration.ts'
import { limitOf } from '../limitOf.ts'
import { openStep } from '../openStep.ts'
import type { AnyResponse } from '../predicates.ts'
import type { Duration } from '../request.ts'
import { settings } from '../settings.ts'
import type { TagValue } from '../vu.ts'
import type { Definitions } from './definitions.ts'
import {
  codeOf,
  endOf,
  httpStatusOf,
  NO_CONNECTION,
  reasonOf,
  uncalled,
  type Ended,
  type GrpcCode,
} from './codes.ts'
import { Client } from './k6.ts'
import { calls } from './metrics.ts'
import { streamOver, type GrpcStream } from './stream.ts'

/** Where the definitions of a service come from, and how it is reached. */
export type GrpcOptions = GrpcConnection & (Reflected | Defined)

/** The server is asked for the definitions (gRPC reflection): the one way of a single file, as in a monitor. */
export interface Reflected {
  reflect: true
  definitions?: never
}

/** The definitions are read from files: `protos(['protos'], 'catalog.proto')` or `protoset('catalog.protoset')`. */
export interface Defined {
  definitions: Definitions
  reflect?: false
}

/** How a server is reached. */
export interface GrpcConnection {
  /** `true`, or certificates as PEM; without TLS where not given and the target is a URL with `http:`. */
  tls?: boolean | TLSParams
  /** Metadata of every call. */
  metadata?: Readonly<Record<string, string>>
}

/** What a call may say of itself. */
export interface CallOptions {
  /** Groups what k6 measures of it; the method's own name where not given. */
  name?: string
  metadata?: Readonly<Record<string, string>>
  /** Further tags of its samples. */
  tags?: Readonly<Record<string, TagValue>>
  /** The deadline; REQUEST_TIMEOUT where not given, and never more than is left of TIME_BUDGET in a single pass. */
  timeout?: number | Duration
  /** Statuses that are expected; `OK` alone where not given. */
  expect?: readonly GrpcCode[]
}

/** What a call gave. */
export interface GrpcAnswer<Message = unknown> extends Ended {
  /** The message as JSON has it; its fields are those of an empty one where the call failed. */
  readonly message: Message
  /** The number of the status. */
  readonly status: number
  readonly headers: Readonly<Record<string, readonly string[]>>
  readonly trailers: Readonly<Record<string, readonly string[]>>
}

/** Calls to one server. A VU keeps its connection. */
export interface GrpcClient {
  /**
   * Calls `pkg.Service/Method` with one message. A status that is not expected is reported as a failed request. Throws
   * CallError for a call that cannot be made: the definitions have no such method, or the message does not fit it.
   */
  invoke<Message = unknown>(method: string, message: object, options?: CallOptions): GrpcAnswer<Message>
  /**
   * Opens a stream of `pkg.Service/Method`, gives it to `body`, waits for its end, and gives what the body gives. Rejects
   * with CallError where its status is not expected, and where it cannot be opened.
   */
  stream<Message = unknown, T = Message[]>(
    method: string,
    options: CallOptions,
    body: (stream: GrpcStream<Message>) => Promise<T> | T,
  ): Promise<T>
  /** Ends the connection; the next call makes another one. */
  close(): void
}

/**
 * Makes a client of a server (`host:port`, or a URL) at init. Its calls are named, traced (`traceparent` and `baggage` as
 * metadata), tagged with the phase, and have a deadline. Throws UsageError without definitions, and for a host that the
 * environment does not list.
 */
export const grpcClient = (target: string, options: GrpcOptions): GrpcClient => {
  const {
    reflect = false,
    definitions,
    tls = !target.startsWith('http:') && target.includes('://'),
  } = options
  if (!reflect && !definitions)
    throw errorNamed('grpcClient: got no definitions; write reflect: true, or definitions: protos([…], …)')
  const address = target.replace(/^\w+:\/\//, '').replace(/\/.*$/, '')
  if (__VU === 0) deferred().urlOf('gRPC', '', `http://${address}`)
  const client = definitions?.() ?? new Client()
  let connected = false

  const limit = (timeout: number | Duration = settings().REQUEST_TIMEOUT): number =>
    limitOf(timeout, `a call's timeout is a duration such as 10s: got "${timeout}"`)

  /** What k6 takes for a call, once there is a connection. */
  const begin = (method: string, { name = method.replace(/^.*\//, ''), ...about }: CallOptions) => {
    tagPhase()
    if (iteration) iteration.request = name
    const trace = openStep ?? beginTrace()
    const context = contextHeaders(trace)
    const metadata = { ...context, ...options.metadata, ...about.metadata }
    const url = `grpc://${address}/${method}`
    const end =
      globalThis.LOADWRIGHT_SPANS !== false && trace.spans
        ? deferred().beginRequest(trace, 'POST', url, name, context.traceparent)
        : undefined
    const expect = about.expect ?? ['OK']
    const began = Date.now()
    const told = (ended: Ended, isAnswered: boolean): void => {
      const expected = expect.includes(ended.code)
      const status = httpStatusOf(ended, isAnswered)
      const timings = { blocked: 0, duration: Date.now() - began }
      const error = `gRPC ${endOf(ended)}`
      const seen = { status, headers: {}, error, url, timings, body: null, code: ended.code }
      if (!expected) deferred().failRequest(seen, name)
      // What k6 cut off at the end is no failure of the target's.
      calls.count(name, !expected && !iteration?.cut)
      end?.(seen as unknown as AnyResponse, expected)
    }
    /** Tells of a call that cannot be made, and throws. */
    const refuse = (why: Ended): never => {
      told(why, false)
      throw errorNamed(`call "${name}": ${endOf(why)}`, 'CallError')
    }
    // The deadline is asked for after connecting, which takes from TIME_BUDGET.
    const params = () => ({ metadata, tags: { ...about.tags, name }, timeout: limit(about.timeout) })
    return { params, name, told, expect, refuse }
  }

  /** Whoever connects does not take from a call's deadline. */
  const connect = (): Ended | undefined => {
    if (connected) return undefined
    try {
      client.connect(address, {
        timeout: limit(),
        reflect,
        ...(tls ? certificatesOf(tls) : { plaintext: true }),
      })
      connected = true
      return undefined
    } catch (thrown) {
      // Where reflection failed, there is a connection.
      client.close()
      return { code: 'UNAVAILABLE', error: NO_CONNECTION + reasonOf(thrown) }
    }
  }

  return {
    invoke<Message>(method: string, message: object, about: CallOptions = {}): GrpcAnswer<Message> {
      const { params, told, refuse } = begin(method, about)
      const refused = connect()
      if (refused) {
        told(refused, false)
        return { ...refused, message: {} as Message, status: UNAVAILABLE, headers: {}, trailers: {} }
      }
      const asked = params()
      let answer: K6Answer
      try {
        answer = client.invoke(method, message, asked) as unknown as K6Answer
      } catch (thrown) {
        return refuse(uncalled(thrown))
      }
      const { headers, trailers } = answer
      // A type of Go's, which is no number.
      const status = Number(answer.status)
      const ended = { code: codeOf(status), error: answer.error?.message ?? '' }
      // Whatever a server answers has trailers, be it CANCELLED: without them it is k6 that ended the call.
      told(ended, Object.keys({ ...headers, ...trailers }).length > 0)
      return { ...ended, message: answer.message as Message, status, headers, trailers }
    },
    async stream<Message, T>(
      method: string,
      about: CallOptions,
      body: (stream: GrpcStream<Message>) => Promise<T> | T,
    ): Promise<T> {
      const { params: paramsOf, name, told, expect, refuse } = begin(method, about)
      const refused = connect()
      if (refused) return refuse(refused)
      const params = paramsOf()
      const asked = { method, name, params, timeout: params.timeout, expect, told, refuse }
      return streamOver(client, asked, body)
    },
    close() {
      if (connected) client.close()
      connected = false
    },
  }
}

const UNAVAILABLE = 14

interface K6Answer {
  message: unknown
  status: unknown
  error: { message?: string } | null
  headers: GrpcAnswer['headers']
  trailers: GrpcAnswer['trailers']
}

const certificatesOf = (tls: boolean | TLSParams): { tls?: TLSParams } =>
  tls === true || tls === false ? {} : { tls }

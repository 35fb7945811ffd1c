import { Readable } from 'node:stream'
import { version } from '../package.ts'
import { openConnection, undici, type Connection } from './dispatcher.ts'

/** What is asked of a server. */
export interface OpenRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Ends the request, with its own reason. */
  readonly signal?: AbortSignal
  /** Connections of its own, in place of those that all share. */
  readonly connection?: Connection
  /** Told when there is a connection, and the body goes out. */
  readonly onSend?: () => void
}

/** The beginning of an answer. */
export interface OpenResponse {
  readonly status: number
  /** By names in small letters; several of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** Must be read or destroyed. */
  readonly body: Readable
}

const shared = openConnection()

/**
 * Sends a request, and resolves with the beginning of its answer. A redirect is an answer: nothing follows it, and no
 * secret. Rejects with the signal's reason, or why there was no answer.
 */
export async function openResponse(
  url: string,
  { method = 'GET', headers, body, signal, connection = shared, onSend }: OpenRequest = {},
): Promise<OpenResponse> {
  const [{ request }, dispatcher] = await Promise.all([undici(), connection.dispatcherFor(new URL(url))])
  const length = body === undefined ? undefined : Buffer.byteLength(body)
  const response = await request(url, {
    method,
    dispatcher,
    ...(signal && { signal }),
    ...(body !== undefined && { body: Readable.from(sent(body, onSend)) }),
    headers: {
      accept: '*/*',
      'user-agent': `loadwright/${version}`,
      ...headers,
      ...(length !== undefined && { 'content-length': `${length}` }),
    },
  })
  return { status: response.statusCode, headers: joined(response.headers), body: response.body }
}

/** A body as undici takes it from the moment when there is a connection. */
function* sent(body: string | Uint8Array, onSend: (() => void) | undefined): Generator<Uint8Array> {
  onSend?.()
  if (body.length > 0) yield Buffer.from(body)
}

const joined = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value = '']) => [name, String(value)]))

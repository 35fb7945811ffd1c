import { once } from 'node:events'
import { createServer as createHttp } from 'node:http'
import { createServer, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { GRPC_CODES } from '../../config/grpcCodes.ts'

/** Operations of GraphQL by their names: the status and the body of each answer. */
const ANSWERS: Readonly<Record<string, readonly [status: number, body: unknown]>> = {
  texts: [200, { data: { a: 1 }, errors: ['boom'] }],
  refused: [400, { errors: [{ message: 'no field a', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }],
  listed: [400, { errors: [{ message: 'no field a', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }],
  wanted: [200, { data: null, errors: [{ message: 'not yours' }] }],
  missed: [200, { data: { a: 1 } }],
}

/** The servers, by their addresses. */
export interface CallsServer {
  readonly graphql: string
  readonly grpc: string
  close(): void
}

/**
 * Answers operations of GraphQL by their names, and calls of gRPC by what a message has in it: the name of a status, which
 * it ends with; a stream has a message before it.
 */
export async function startCallsServer(): Promise<CallsServer> {
  const http = createHttp((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { operationName = '' } = JSON.parse(Buffer.concat(chunks).toString() || '{}') as {
        operationName?: string
      }
      const [status, body] = ANSWERS[operationName] ?? [200, { data: {} }]
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  const http2 = createServer()
  http2.on('stream', (stream, headers) => {
    stream.on('error', () => stream.destroy())
    stream.once('data', (message: Buffer) => {
      end(stream, message, headers[':path']?.endsWith('/WatchPrice') === true)
    })
  })
  http2.on('sessionError', () => undefined)
  await Promise.all([http, http2].map((one) => once(one.listen(0, '127.0.0.1'), 'listening')))
  const [graphql, grpc] = [http, http2].map(
    (one) => `http://127.0.0.1:${(one.address() as AddressInfo).port}`,
  ) as [string, string]
  return {
    graphql,
    grpc,
    close() {
      http.close()
      http.closeAllConnections()
      http2.close()
    },
  }
}

/** An empty message, as gRPC frames it. */
const EMPTY = Buffer.alloc(5)

function end(stream: ServerHttp2Stream, message: Buffer, isStream: boolean): void {
  const text = message.toString('latin1')
  const code = GRPC_CODES.findLastIndex((name) => text.includes(name))
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
  // As a proxy says it whose own caller has gone.
  const said = code === 1 ? 'context canceled' : code === 0 ? '' : 'so it was asked'
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(code), 'grpc-message': said }))
  if (isStream || code === 0) stream.write(EMPTY)
  stream.end()
}
